// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.keyfile;

import io.rxrpc.security.rxkad.ServerKeys;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * MIT keytabs (keys.md 5), such as rxkad.keytab. Only the keys of {@code afs} and {@code afs/CELL}
 * are taken for rxkad, and those of {@code afs-rxgk/_afs.CELL} for rxgk, or of the one principal
 * that is asked for: a ticket for another service of the machine must not open this one.
 */
final class KeytabReader {
  private static final int MAGIC = 5;
  private static final int VERSION = 2;
  private static final int OLD_VERSION = 1;
  private static final String SERVICE = "afs";

  /** What principals of rxgk begin with. */
  static final String RXGK = "afs-rxgk/_afs.";

  /** More components than any principal has. */
  private static final int MAX_COMPONENTS = 16;

  private KeytabReader() {}

  static boolean fits(ByteBuffer file) {
    return file.remaining() >= 2 && file.get(0) == MAGIC && (file.get(1) & ~3) == 0;
  }

  static void read(ByteBuffer file, KeyCollector keys) throws KeyFileException {
    file.get();
    int version = file.get();
    if (version != VERSION && version != OLD_VERSION) {
      throw keys.problem(
          "a keytab of version " + version + "; write it anew with ktutil, which makes version 2");
    }
    // version 1 was written as the machine had its numbers
    ByteBuffer in =
        file.slice().order(version == VERSION ? ByteOrder.BIG_ENDIAN : ByteOrder.nativeOrder());
    Set<String> others = new TreeSet<>();
    try {
      entries(in, version, keys, others);
    } catch (KeyFileException e) {
      if (keys.keys().isEmpty()) {
        throw e;
      }
      keys.damaged(e); // as MIT reads it: what comes before is good
    }
    if (keys.keys().isEmpty() && !others.isEmpty()) {
      String wanted = keys.principal();
      throw keys.problem(
          "the keytab holds no key of "
              + (wanted == null ? "afs, afs/CELL or " + RXGK + "CELL" : wanted)
              + ", only of "
              + String.join(", ", others));
    }
  }

  private static void entries(ByteBuffer in, int version, KeyCollector keys, Set<String> others)
      throws KeyFileException {
    while (in.hasRemaining()) {
      if (in.remaining() < 4) {
        throw keys.problem("the keytab ends within the length of an entry");
      }
      int size = in.getInt();
      if (size == 0) {
        break; // as MIT reads it: the rest was cut off with zeros
      }
      // a negative length is a hole where an entry was removed
      int length = size < 0 ? -size : size;
      if (length < 0 || length > in.remaining()) {
        throw keys.problem("the keytab ends within an entry");
      }
      if (size > 0) {
        entry(in.slice(in.position(), length).order(in.order()), version, keys, others);
      }
      in.position(in.position() + length);
    }
  }

  private static void entry(ByteBuffer in, int version, KeyCollector keys, Set<String> others)
      throws KeyFileException {
    // version 1 counted the realm, too, and had no type of a name
    int components = unsigned16(in, keys) - (version == OLD_VERSION ? 1 : 0);
    if (components < 1 || components > MAX_COMPONENTS) {
      throw keys.problem("a keytab entry whose principal has " + components + " components");
    }
    String realm = text(in, keys);
    StringBuilder name = new StringBuilder();
    String first = "";
    for (int i = 0; i < components; i++) {
      String component = text(in, keys);
      first = i == 0 ? component : first;
      name.append(i == 0 ? "" : "/").append(component);
    }
    String principal = name + "@" + realm;
    int nameType = version == OLD_VERSION ? 0 : 4;
    if (in.remaining() < nameType + 4 + 1 + 2 + 2) {
      throw keys.problem("the keytab entry of " + principal + " is too short");
    }
    in.position(in.position() + nameType + 4); // and when it was written
    int kvno = in.get() & 0xff;
    int enctype = unsigned16(in, keys);
    int keyLength = unsigned16(in, keys);
    if (keyLength > in.remaining()) {
      throw keys.problem("the keytab entry of " + principal + " ends within its key");
    }
    int keyAt = in.position();
    in.position(keyAt + keyLength);
    int wide = in.remaining() >= 4 ? in.getInt() : 0; // some writers leave a zero here
    boolean rxgk = isRxgk(principal, name.toString(), keys.principal());
    boolean rxkad = keys.principal() == null && first.equals(SERVICE) && components <= 2;
    if (!rxgk && !rxkad) {
      others.add(principal);
      keys.skip();
      return;
    }
    byte[] secret = new byte[keyLength];
    in.get(keyAt, secret);
    int kept = Enctypes.isDes(enctype) && !rxgk ? ServerKeys.DES : enctype;
    keys.add(new ServiceKey(wide == 0 ? kvno : wide, kept, principal, secret, wide == 0, rxgk));
  }

  private static boolean isRxgk(String principal, String name, @Nullable String wanted) {
    return wanted == null
        ? name.startsWith(RXGK)
        : wanted.equals(wanted.contains("@") ? principal : name);
  }

  private static int unsigned16(ByteBuffer in, KeyCollector keys) throws KeyFileException {
    if (in.remaining() < 2) {
      throw keys.problem("a keytab entry is too short");
    }
    return Short.toUnsignedInt(in.getShort());
  }

  private static String text(ByteBuffer in, KeyCollector keys) throws KeyFileException {
    int length = unsigned16(in, keys);
    if (length > in.remaining()) {
      throw keys.problem("a keytab entry ends within a name");
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    for (byte b : bytes) {
      if (b >= 0 && (b < 0x20 || b == 0x7f)) {
        throw keys.problem("a keytab entry has a control character in a name");
      }
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
