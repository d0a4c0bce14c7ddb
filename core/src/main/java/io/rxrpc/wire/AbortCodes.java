// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The codes of {@link Abort} and their names (wire.md 10). Positive codes outside these ranges
 * belong to the application.
 */
public final class AbortCodes {
  /** The peer did not answer for too long. */
  public static final int RX_CALL_DEAD = -1;

  /** No such service, or not allowed. */
  public static final int RX_INVALID_OPERATION = -2;

  /** The call took too long. */
  public static final int RX_CALL_TIMEOUT = -3;

  /** End of the data. */
  public static final int RX_EOF = -4;

  /** A packet that cannot be. */
  public static final int RX_PROTOCOL_ERROR = -5;

  /** The application ended the call. */
  public static final int RX_USER_ABORT = -6;

  /** Local only: the port is taken. */
  public static final int RX_ADDRINUSE = -7;

  /**
   * Local only, OpenAFS: the packet is too long for the path. As a reply to DEBUG: {@link
   * DebugRequest#BAD_TYPE}.
   */
  public static final int RX_MSGSIZE = -8;

  /** Peers of the OpenAFS 1.6 era: the call idled. */
  public static final int RX_CALL_IDLE = -9;

  /** Peers of the OpenAFS 1.6 era: the channel is busy. */
  public static final int RX_CALL_BUSY = -10;

  /** The server starts or stops. */
  public static final int RX_RESTARTING = -100;

  public static final int RXGEN_CC_MARSHAL = -450;
  public static final int RXGEN_CC_UNMARSHAL = -451;
  public static final int RXGEN_SS_MARSHAL = -452;
  public static final int RXGEN_SS_UNMARSHAL = -453;
  public static final int RXGEN_DECODE = -454;

  /** No such procedure. */
  public static final int RXGEN_OPCODE = -455;

  public static final int RXGEN_SS_XDRFREE = -456;
  public static final int RXGEN_CC_XDRFREE = -457;

  /** First code of rxkad. */
  public static final int RXKAD_BASE = 0x01260b00;

  public static final int RXKADINCONSISTENCY = RXKAD_BASE;
  public static final int RXKADPACKETSHORT = RXKAD_BASE + 1;
  public static final int RXKADLEVELFAIL = RXKAD_BASE + 2;
  public static final int RXKADTICKETLEN = RXKAD_BASE + 3;
  public static final int RXKADOUTOFSEQUENCE = RXKAD_BASE + 4;
  public static final int RXKADNOAUTH = RXKAD_BASE + 5;
  public static final int RXKADBADKEY = RXKAD_BASE + 6;
  public static final int RXKADBADTICKET = RXKAD_BASE + 7;
  public static final int RXKADUNKNOWNKEY = RXKAD_BASE + 8;
  public static final int RXKADEXPIRED = RXKAD_BASE + 9;
  public static final int RXKADSEALEDINCON = RXKAD_BASE + 10;
  public static final int RXKADDATALEN = RXKAD_BASE + 11;
  public static final int RXKADILLEGALLEVEL = RXKAD_BASE + 12;

  /**
   * First code of rxgk, which has two tables: OpenAFS's and YFS's, the same up to the third code.
   */
  public static final int RXGK_BASE = 0x4981cb00;

  /** Linux's rxgk, when it does not know the encryption type. */
  public static final int KRB5_PROG_KEYTYPE_NOSUPP = -1765328233;

  private static final String[] RXGK_OPENAFS = {
    "RXGK_INCONSISTENCY",
    "RXGK_PACKETSHORT",
    "RXGK_BADCHALLENGE",
    "RXGK_BADETYPE",
    "RXGK_BADLEVEL",
    "RXGK_BADKEYNO",
    "RXGK_EXPIRED",
    "RXGK_NOTAUTH",
    "RXGK_BAD_TOKEN",
    "RXGK_SEALED_INCON",
    "RXGK_DATA_LEN",
    "RXGK_BAD_QOP"
  };
  private static final String[] RXGK_YFS = {
    "RXGK_INCONSISTENCY",
    "RXGK_PACKETSHORT",
    "RXGK_BADCHALLENGE",
    "RXGK_SEALEDINCON",
    "RXGK_NOTAUTH",
    "RXGK_EXPIRED",
    "RXGK_BADLEVEL",
    "RXGK_BADKEYNO",
    "RXGK_NOTRXGK",
    "RXGK_UNSUPPORTED",
    "RXGK_GSSERROR"
  };

  private static final Map<Integer, String> NAMES = names();
  private static final Map<String, Integer> CODES = codes();

  private AbortCodes() {}

  /**
   * The name of a code, {@code "RX_CALL_DEAD"}, or null. Where the two tables of rxgk differ both
   * names come, OpenAFS's first: {@code "RXGK_BADETYPE/RXGK_SEALEDINCON"}; {@link #name(int, int)}
   * knows better.
   */
  public static @Nullable String name(int code) {
    String openafs = name(code, 4);
    String yfs = name(code, 6);
    if (openafs == null || yfs == null || openafs.equals(yfs)) {
      return openafs != null ? openafs : yfs;
    }
    return openafs + "/" + yfs;
  }

  /** The name of a code on a connection with this security index (4 or 6 for rxgk), or null. */
  public static @Nullable String name(int code, int securityIndex) {
    int index = code - RXGK_BASE;
    String[] rxgk = securityIndex == 6 ? RXGK_YFS : RXGK_OPENAFS;
    return index >= 0 && index < rxgk.length ? rxgk[index] : NAMES.get(code);
  }

  /** Whether a code says that security refused something: rxkad's and rxgk's codes. */
  public static boolean isSecurity(int code) {
    return (code >= RXKADINCONSISTENCY && code <= RXKADILLEGALLEVEL)
        || (code >= RXGK_BASE && code < RXGK_BASE + Math.max(RXGK_OPENAFS.length, RXGK_YFS.length));
  }

  /** For people: {@code "RXKADEXPIRED (19270409)"}, or {@code "4711"} for a code without a name. */
  public static String describe(int code) {
    return described(name(code), code);
  }

  /** The same on a connection with this security index, whose table alone counts. */
  public static String describe(int code, int securityIndex) {
    return described(name(code, securityIndex), code);
  }

  private static String described(@Nullable String name, int code) {
    return name == null ? Integer.toString(code) : name + " (" + code + ")";
  }

  /**
   * The code that a person means: a name of this table in any case, or a number as {@link
   * Integer#decode} reads it. rxgk names that only one of the two tables has are found; of the
   * others, OpenAFS's code counts.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static int parse(String text) {
    Integer code = CODES.get(text.strip().toUpperCase(Locale.ROOT));
    if (code != null) {
      return code;
    }
    try {
      return Integer.decode(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is neither the name of an abort code (RXGEN_OPCODE) nor a number", e);
    }
  }

  private static Map<Integer, String> names() {
    Map<Integer, String> names = new HashMap<>();
    names.put(RX_CALL_DEAD, "RX_CALL_DEAD");
    names.put(RX_INVALID_OPERATION, "RX_INVALID_OPERATION");
    names.put(RX_CALL_TIMEOUT, "RX_CALL_TIMEOUT");
    names.put(RX_EOF, "RX_EOF");
    names.put(RX_PROTOCOL_ERROR, "RX_PROTOCOL_ERROR");
    names.put(RX_USER_ABORT, "RX_USER_ABORT");
    names.put(RX_ADDRINUSE, "RX_ADDRINUSE");
    names.put(RX_MSGSIZE, "RX_MSGSIZE");
    names.put(RX_CALL_IDLE, "RX_CALL_IDLE");
    names.put(RX_CALL_BUSY, "RX_CALL_BUSY");
    names.put(RX_RESTARTING, "RX_RESTARTING");
    names.put(RXGEN_CC_MARSHAL, "RXGEN_CC_MARSHAL");
    names.put(RXGEN_CC_UNMARSHAL, "RXGEN_CC_UNMARSHAL");
    names.put(RXGEN_SS_MARSHAL, "RXGEN_SS_MARSHAL");
    names.put(RXGEN_SS_UNMARSHAL, "RXGEN_SS_UNMARSHAL");
    names.put(RXGEN_DECODE, "RXGEN_DECODE");
    names.put(RXGEN_OPCODE, "RXGEN_OPCODE");
    names.put(RXGEN_SS_XDRFREE, "RXGEN_SS_XDRFREE");
    names.put(RXGEN_CC_XDRFREE, "RXGEN_CC_XDRFREE");
    names.put(RXKADINCONSISTENCY, "RXKADINCONSISTENCY");
    names.put(RXKADPACKETSHORT, "RXKADPACKETSHORT");
    names.put(RXKADLEVELFAIL, "RXKADLEVELFAIL");
    names.put(RXKADTICKETLEN, "RXKADTICKETLEN");
    names.put(RXKADOUTOFSEQUENCE, "RXKADOUTOFSEQUENCE");
    names.put(RXKADNOAUTH, "RXKADNOAUTH");
    names.put(RXKADBADKEY, "RXKADBADKEY");
    names.put(RXKADBADTICKET, "RXKADBADTICKET");
    names.put(RXKADUNKNOWNKEY, "RXKADUNKNOWNKEY");
    names.put(RXKADEXPIRED, "RXKADEXPIRED");
    names.put(RXKADSEALEDINCON, "RXKADSEALEDINCON");
    names.put(RXKADDATALEN, "RXKADDATALEN");
    names.put(RXKADILLEGALLEVEL, "RXKADILLEGALLEVEL");
    names.put(KRB5_PROG_KEYTYPE_NOSUPP, "KRB5_PROG_KEYTYPE_NOSUPP");
    return Map.copyOf(names);
  }

  private static Map<String, Integer> codes() {
    Map<String, Integer> codes = new HashMap<>();
    NAMES.forEach((code, name) -> codes.put(name, code));
    for (int i = 0; i < RXGK_OPENAFS.length; i++) {
      codes.put(RXGK_OPENAFS[i], RXGK_BASE + i);
    }
    for (int i = 0; i < RXGK_YFS.length; i++) {
      codes.putIfAbsent(RXGK_YFS[i], RXGK_BASE + i);
    }
    return Map.copyOf(codes);
  }
}
