// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

import io.rxrpc.udp.Zone;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.random.RandomGenerator;

/**
 * The serial of a PING to somebody of whom nothing is kept. Its answer repeats the serial, and only
 * who got the PING can know it: a keyed hash (SipHash-2-4) of address, connection and time.
 */
public final class ReachCookie {
  private static final long SLOT = 8_000_000_000L;

  private final long k0;
  private final long k1;
  private final ByteBuffer message = ByteBuffer.allocate(56).order(ByteOrder.LITTLE_ENDIAN);

  public ReachCookie(RandomGenerator random) {
    k0 = random.nextLong();
    k1 = random.nextLong();
  }

  /** What a PING of now carries; never 0. */
  public int make(InetSocketAddress to, int epoch, int cid, int call, long now) {
    return hash(to, epoch, cid, call, now / SLOT);
  }

  /** Whether a serial is that of a PING of the last seconds. */
  public boolean matches(
      int serial, InetSocketAddress from, int epoch, int cid, int call, long now) {
    long slot = now / SLOT;
    return serial == hash(from, epoch, cid, call, slot)
        || serial == hash(from, epoch, cid, call, slot - 1);
  }

  private int hash(InetSocketAddress address, int epoch, int cid, int call, long slot) {
    byte[] ip = address.getAddress().getAddress();
    int n = ip.length;
    for (int i = 0; i < n; i++) {
      message.put(i, ip[i]);
    }
    message.putInt(n, address.getPort()).putInt(n + 4, epoch).putInt(n + 8, cid);
    message.putInt(n + 12, call).putLong(n + 16, slot);
    message.putInt(n + 24, Zone.of(address.getAddress())); // another zone is another host
    int length = n + 28;
    message.putLong(length, 0); // filled up to a word
    int h = (int) sip(k0, k1, message, length);
    return h == 0 ? 1 : h;
  }

  /**
   * SipHash-2-4 of the first {@code length} bytes. Behind them lie zeros up to the next word, a
   * whole one if none is begun.
   */
  public static long sip(long k0, long k1, ByteBuffer in, int length) {
    long v0 = k0 ^ 0x736f6d6570736575L;
    long v1 = k1 ^ 0x646f72616e646f6dL;
    long v2 = k0 ^ 0x6c7967656e657261L;
    long v3 = k1 ^ 0x7465646279746573L;
    int last = length & -8;
    for (int at = 0; at <= last + 8; at += 8) {
      boolean end = at > last; // four rounds more, with nothing but a mark
      long m = end ? 0 : in.getLong(at) | (at == last ? (long) length << 56 : 0);
      v2 ^= end ? 0xff : 0;
      v3 ^= m;
      for (int i = end ? 4 : 2; i > 0; i--) {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
      }
      v0 ^= m;
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }
}
