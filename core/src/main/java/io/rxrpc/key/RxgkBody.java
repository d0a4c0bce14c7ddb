// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.key;

import io.rxrpc.udp.Errno;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Tokens of rxgk inside the XDR payload of an {@code rxrpc} key (keys.md 1 and 7), without the
 * security index in front: index 6 as Linux has it, index 4 as OpenAFS's programs hand tokens to
 * each other. Every length is compared with what remains before anything is allocated.
 */
final class RxgkBody {
  private static final int MAX_TICKET = 16384;

  /** Six numbers of 64 bits, and the lengths of key and ticket. */
  private static final int YFS_FIXED = 6 * Long.BYTES + 2 * Integer.BYTES;

  /** Two numbers of 64 bits, four of 32, and the two lengths. */
  private static final int OPENAFS_FIXED = 2 * Long.BYTES + 6 * Integer.BYTES;

  private static final int MAX_LEVEL = 2;
  private static final long MAX_ENCTYPE = 0xffff_ffffL;

  private RxgkBody() {}

  /** Reads a token of index 6, which must be all of {@code in}. */
  static RxgkToken yfs(ByteBuffer in) throws KeyException {
    if (in.remaining() < YFS_FIXED) {
      throw rejected("a token of YFS-rxgk of " + in.remaining() + " bytes");
    }
    long begin = in.getLong();
    long end = in.getLong();
    long level = in.getLong();
    long lifetime = in.getLong();
    long bytelife = in.getLong();
    long enctype = in.getLong();
    if (end < 0) {
      throw new KeyException(Errno.EKEYEXPIRED, "a token that ended before 1970");
    }
    if (enctype < 0 || enctype > MAX_ENCTYPE) {
      throw rejected("the encryption type " + enctype);
    }
    byte[] key = opaque(in, 1, RxgkToken.MAX_KEY, "key");
    try {
      byte[] ticket = opaque(in, 0, MAX_TICKET, "ticket");
      ended(in);
      return new RxgkToken(
          RxgkToken.YFS, (int) enctype, key, level(level), begin, lifetime, bytelife, end, ticket);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** Reads a token of index 4, which must be all of {@code in}. */
  static RxgkToken openAfs(ByteBuffer in) throws KeyException {
    if (in.remaining() < OPENAFS_FIXED) {
      throw rejected("a token of rxgk of " + in.remaining() + " bytes");
    }
    in.getLong(); // the AFS user id, which nothing here asks for
    int enctype = in.getInt();
    int level = in.getInt();
    long lifetime = Integer.toUnsignedLong(in.getInt());
    long bytelife = Integer.toUnsignedLong(in.getInt());
    long end = in.getLong();
    if (end < 0) {
      throw new KeyException(Errno.EKEYEXPIRED, "a token that ended before 1970");
    }
    byte[] ticket = opaque(in, 0, MAX_TICKET, "ticket");
    byte[] key = opaque(in, 1, RxgkToken.MAX_KEY, "key");
    try {
      ended(in);
      return new RxgkToken(
          RxgkToken.OPENAFS, enctype, key, level(level), 0, lifetime, bytelife, end, ticket);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static int level(long number) throws KeyException {
    if (number < -1 || number > MAX_LEVEL) {
      throw rejected("the security level " + number);
    }
    return (int) number;
  }

  private static byte[] opaque(ByteBuffer in, int min, int max, String what) throws KeyException {
    int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
    // compared before it is rounded up: 0xfffffffd to 0xffffffff would wrap
    if (length < min || length > max || padded(length) > in.remaining()) {
      throw rejected("a " + what + " of " + Integer.toUnsignedString(length) + " bytes");
    }
    byte[] octets = new byte[length];
    in.get(octets);
    in.position(in.position() + padded(length) - length);
    return octets;
  }

  private static void ended(ByteBuffer in) throws KeyException {
    if (in.hasRemaining()) {
      throw rejected("a token of rxgk with something behind its end");
    }
  }

  /** Bytes of a token without the security index. */
  static int length(RxgkToken token) {
    int variable = padded(token.keyLength()) + padded(token.tokenLength());
    return variable + (token.securityIndex() == RxgkToken.YFS ? YFS_FIXED : OPENAFS_FIXED);
  }

  /** Writes a token without the security index. */
  static void put(ByteBuffer out, RxgkToken token) {
    byte[] key = token.k0();
    if (token.securityIndex() == RxgkToken.YFS) {
      out.putLong(token.begin())
          .putLong(token.expiration())
          .putLong(token.level())
          .putLong(token.lifetime())
          .putLong(token.bytelife())
          .putLong(Integer.toUnsignedLong(token.enctype()));
      opaque(out, key);
      opaque(out, token.token());
    } else {
      out.putLong(0)
          .putInt(token.enctype())
          .putInt(token.level())
          .putInt((int) token.lifetime())
          .putInt((int) token.bytelife())
          .putLong(token.expiration());
      opaque(out, token.token());
      opaque(out, key);
    }
    Arrays.fill(key, (byte) 0);
  }

  private static void opaque(ByteBuffer out, byte[] octets) {
    out.putInt(octets.length).put(octets);
    out.position(out.position() + padded(octets.length) - octets.length);
  }

  private static int padded(int length) {
    return (length + 3) & ~3;
  }

  private static KeyException rejected(String what) {
    return new KeyException(Errno.EKEYREJECTED, what);
  }
}
