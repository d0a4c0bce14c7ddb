// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.krb.KerberosKey;
import io.rxrpc.security.krb.KrbException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.TreeMap;

/**
 * The keys of one connection, each made of the token's key, the connection, its start and a number
 * (rxgk.md section 5). The last few are kept with all that was derived from them; an older one is
 * made again if a late reader needs it. Safe for all threads.
 */
final class TransportKeys {
  /** The one in use, the one before and the one after, and two that may still be read. */
  private static final int KEPT = 5;

  private static final int SEED_LENGTH = 20;

  private final KerberosKey k0;
  private final ConnectionIdentity connection;
  private final long start;
  private final TreeMap<Long, KerberosKey> keys = new TreeMap<>();
  private boolean destroyed;

  /**
   * @param k0 the token's key, which belongs to this object from now on
   */
  TransportKeys(KerberosKey k0, ConnectionIdentity connection, long start) {
    this.k0 = k0;
    this.connection = connection;
    this.start = start;
  }

  ConnectionIdentity connection() {
    return connection;
  }

  long start() {
    return start;
  }

  int checksumLength() {
    return k0.checksumLength();
  }

  /** Octets that encryption adds. */
  int overhead() {
    return k0.overhead();
  }

  /**
   * The key with a number.
   *
   * @param number 0 to 2^32 - 1
   */
  synchronized KerberosKey key(long number) throws KrbException {
    if (destroyed) {
      k0.prf(new byte[0]); // says what is wrong
    }
    KerberosKey kept = keys.get(number);
    if (kept != null) {
      return kept;
    }
    byte[] seed =
        ByteBuffer.allocate(SEED_LENGTH)
            .putInt(connection.epoch())
            .putInt(connection.cid())
            .putLong(start)
            .putInt((int) number)
            .array();
    byte[] octets = k0.prfPlus(seed, KerberosKey.keyLength(k0.enctype()));
    try {
      KerberosKey key = KerberosKey.of(k0.enctype(), octets);
      keys.put(number, key);
      forgetOld(number);
      return key;
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /** The lowest go first, but not the one that is wanted now. */
  private void forgetOld(long wanted) {
    Iterator<Long> lowest = keys.keySet().iterator();
    while (keys.size() > KEPT && lowest.hasNext()) {
      long number = lowest.next();
      if (number != wanted) {
        KerberosKey old = keys.get(number);
        lowest.remove();
        if (old != null) {
          old.destroy(); // who is at it makes it anew
        }
        return;
      }
    }
  }

  synchronized boolean destroyed() {
    return destroyed;
  }

  /** Clears all keys. */
  synchronized void destroy() {
    destroyed = true;
    keys.values().forEach(KerberosKey::destroy);
    keys.clear();
    k0.destroy();
  }
}
