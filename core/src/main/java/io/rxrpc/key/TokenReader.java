// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.key;

import io.rxrpc.udp.Errno;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The payloads of {@code rxrpc} keys (keys.md 1): empty, XDR, the kernel's version 1, and the
 * structure that the AF_RXRPC document prints. Every length is checked against what remains before
 * anything is allocated.
 */
public final class TokenReader {
  static final int MAX_XDR = 16384;
  static final int MAX_CELL = 64;
  static final int MAX_TOKENS = 8;

  /** Shorter payloads are not tried as XDR. */
  private static final int XDR_ABOVE = 28;

  private static final int MIN_TOKEN = 20;

  /** Bytes of an rxkad token in XDR but for the ticket, without the security index. */
  private static final int RXKAD_FIXED = 32;

  private static final int V1_FIXED = 24;
  private static final int DOCUMENT_FIXED = 20;

  private TokenReader() {}

  /**
   * Reads a payload; fields in host order are in this machine's.
   *
   * @param payload the payload
   * @return the client tokens
   * @throws KeyException if the key is not one that can be used
   */
  public static ClientTokens read(byte[] payload) throws KeyException {
    return read(payload, ByteOrder.nativeOrder());
  }

  static ClientTokens read(byte[] payload, ByteOrder host) throws KeyException {
    if (payload.length == 0) {
      return new ClientTokens("", List.of());
    }
    if (payload.length > XDR_ABOVE && looksLikeXdr(payload)) {
      return xdr(ByteBuffer.wrap(payload));
    }
    ByteBuffer in = ByteBuffer.wrap(payload).order(host);
    if (payload.length <= 4) {
      throw new KeyException(Errno.EINVAL, "a payload of " + payload.length + " bytes");
    }
    if (in.getInt(0) == 1) {
      return versionOne(in);
    }
    if (payload.length >= DOCUMENT_FIXED
        && in.getShort(0) == RxkadToken.INDEX
        && in.getShort(2) != 0) {
      return document(in);
    }
    throw new KeyException(
        Errno.EKEYREJECTED, "interface version " + Integer.toUnsignedString(in.getInt(0)));
  }

  /** u32 1, u16 index, u16 ticket length, u32 expiry, u32 kvno, key, ticket. */
  private static ClientTokens versionOne(ByteBuffer in) throws KeyException {
    int size = in.limit();
    if (size < V1_FIXED || size != V1_FIXED + Short.toUnsignedInt(in.getShort(6))) {
      throw new KeyException(Errno.EINVAL, "a payload of " + size + " bytes does not add up");
    }
    int index = Short.toUnsignedInt(in.getShort(4));
    if (index != RxkadToken.INDEX) {
      throw new KeyException(Errno.EPROTONOSUPPORT, "security index " + index);
    }
    return single(in, in.getInt(12), Integer.toUnsignedLong(in.getInt(8)), 16);
  }

  /** u16 index, u16 ticket length, u32 expiry, u8 kvno, 3 bytes, key, ticket. */
  private static ClientTokens document(ByteBuffer in) throws KeyException {
    int size = in.limit();
    if (size != DOCUMENT_FIXED + Short.toUnsignedInt(in.getShort(2))) {
      throw new KeyException(Errno.EINVAL, "a payload of " + size + " bytes does not add up");
    }
    return single(in, in.get(8) & 0xff, Integer.toUnsignedLong(in.getInt(4)), 12);
  }

  private static ClientTokens single(ByteBuffer in, int kvno, long end, int keyAt)
      throws KeyException {
    int ticketAt = keyAt + RxkadToken.SESSION_KEY_LENGTH;
    if (in.limit() - ticketAt > RxkadToken.MAX_TICKET) { // R-51, CVE-2026-31696
      throw new KeyException(Errno.EINVAL, "a ticket of " + (in.limit() - ticketAt) + " bytes");
    }
    byte[] key = bytes(in, keyAt, RxkadToken.SESSION_KEY_LENGTH);
    byte[] ticket = bytes(in, ticketAt, in.limit() - ticketAt);
    try {
      return new ClientTokens("", List.of(new RxkadToken(kvno, key, end, ticket)));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static byte[] bytes(ByteBuffer in, int at, int length) {
    byte[] bytes = new byte[length];
    in.get(at, bytes);
    return bytes;
  }

  private static int padded(int length) {
    return (length + 3) & ~3;
  }

  /** Whether flags, cell and the lengths of all tokens fit each other. */
  private static boolean looksLikeXdr(byte[] payload) {
    ByteBuffer in = ByteBuffer.wrap(payload);
    if (payload.length > MAX_XDR || payload.length % 4 != 0 || in.getInt() != 0) {
      return false;
    }
    int cell = in.getInt();
    if (cell < 1 || cell > MAX_CELL || padded(cell) + 4 > in.remaining()) {
      return false;
    }
    for (int i = 0; i < padded(cell); i++) {
      int c = in.get();
      boolean printable = c >= 0x20 && c < 0x7f;
      if (i < cell ? !printable : c != 0) {
        return false;
      }
    }
    int tokens = in.getInt();
    if (tokens < 1 || tokens > MAX_TOKENS) {
      return false;
    }
    for (int i = 0; i < tokens; i++) {
      if (in.remaining() < 4) {
        return false;
      }
      int length = in.getInt();
      // compared before it is rounded up: the sum cannot overflow
      if (length < MIN_TOKEN || length > in.remaining() || padded(length) > in.remaining()) {
        return false;
      }
      in.position(in.position() + padded(length));
    }
    return !in.hasRemaining();
  }

  private static ClientTokens xdr(ByteBuffer in) throws KeyException {
    in.position(4);
    int cellLength = in.getInt();
    String cell = new String(bytes(in, in.position(), cellLength), StandardCharsets.US_ASCII);
    in.position(in.position() + padded(cellLength));
    int count = in.getInt();
    List<Token> tokens = new ArrayList<>(count);
    try {
      for (int i = 0; i < count; i++) {
        int length = in.getInt();
        int index = in.getInt(in.position());
        ByteBuffer body = in.slice(in.position() + 4, length - 4);
        switch (index) {
          case RxkadToken.INDEX -> tokens.add(rxkad(body));
          case RxgkToken.YFS -> tokens.add(RxgkBody.yfs(body));
          case RxgkToken.OPENAFS -> tokens.add(RxgkBody.openAfs(body));
          default -> {} // of a class that is not known here
        }
        in.position(in.position() + padded(length));
      }
    } catch (KeyException e) {
      tokens.forEach(Token::destroy); // a bad one discards all
      throw e;
    }
    if (tokens.isEmpty()) {
      throw new KeyException(Errno.EPROTONOSUPPORT, "no token of a security class known here");
    }
    return new ClientTokens(cell, tokens);
  }

  /** u32 vice id, u32 kvno, key, u32 begin, u32 end, u32 primary, opaque ticket. */
  private static RxkadToken rxkad(ByteBuffer in) throws KeyException {
    if (in.limit() < RXKAD_FIXED) {
      throw rejected("an rxkad token of " + in.limit() + " bytes");
    }
    int ticketLength = in.getInt(28);
    int room = in.limit() - RXKAD_FIXED;
    if (ticketLength < 0 || ticketLength > RxkadToken.MAX_TICKET || ticketLength > room) {
      throw rejected("a ticket of " + Integer.toUnsignedString(ticketLength) + " bytes");
    }
    if (padded(ticketLength) != padded(room)) {
      throw rejected("an rxkad token with something behind its ticket");
    }
    byte[] key = bytes(in, 8, RxkadToken.SESSION_KEY_LENGTH);
    try {
      return new RxkadToken(
          in.getInt(0),
          in.getInt(4),
          key,
          Integer.toUnsignedLong(in.getInt(16)),
          Integer.toUnsignedLong(in.getInt(20)),
          in.getInt(24) != 0,
          bytes(in, RXKAD_FIXED, ticketLength));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static KeyException rejected(String what) {
    return new KeyException(Errno.EKEYREJECTED, what);
  }
}
