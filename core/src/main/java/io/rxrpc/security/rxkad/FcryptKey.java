// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A session key, expanded for fcrypt (rxkad.md 7). Safe for all threads. The only place that keeps
 * key material of a connection: {@link #destroy} clears it, and whoever used it meanwhile finds
 * {@link #destroyed} and throws its result away.
 */
final class FcryptKey {
  /** Bytes of a key; the low bit of each is parity and ignored. */
  static final int LENGTH = 8;

  private static final int BITS = 56;

  private final int[] encryption;
  private final int[] decryption;
  private long iv;
  private volatile boolean destroyed;

  /**
   * @param key 8 bytes, not kept
   */
  FcryptKey(byte[] key) {
    if (key.length != LENGTH) {
      throw new IllegalArgumentException("a session key has 8 bytes");
    }
    for (byte b : key) {
      iv = iv << 8 | (b & 0xff);
    }
    int[] k = schedule(iv);
    encryption = sums(k);
    reverse(k);
    decryption = sums(k);
    Arrays.fill(k, 0);
  }

  /** The 16 round keys. */
  static int[] schedule(long key) {
    long k = 0;
    for (int shift = 56; shift >= 0; shift -= 8) {
      k = k << 7 | ((key >>> shift & 0xff) >>> 1);
    }
    int[] schedule = new int[Rounds.COUNT];
    for (int i = 0; i < schedule.length; i++) {
      schedule[i] = (int) k;
      k = (k >>> 11 | k << (BITS - 11)) & ((1L << BITS) - 1);
    }
    return schedule;
  }

  private static void reverse(int[] k) {
    for (int i = 0, j = k.length - 1; i < j; i++, j--) {
      int swap = k[i];
      k[i] = k[j];
      k[j] = swap;
    }
  }

  /** Each half, when a round has changed it, takes off the key it carries and puts on its next. */
  private static int[] sums(int[] k) {
    int[] sums = new int[Rounds.SUMS];
    sums[0] = k[1];
    for (int i = 1; i < Rounds.COUNT; i++) {
      sums[i] = i + 1 < Rounds.COUNT ? k[i - 1] ^ k[i + 1] : k[i - 1];
    }
    sums[Rounds.END] = k[Rounds.COUNT - 1];
    sums[Rounds.START] = k[0];
    return sums;
  }

  /** For {@link Rounds#crypt}, to encrypt. */
  int[] encryption() {
    return encryption;
  }

  /** For {@link Rounds#crypt} with the halves of block and result exchanged, to decrypt. */
  int[] decryption() {
    return decryption;
  }

  /** The key as an initialisation vector, which rxkad makes of it. */
  long iv() {
    return iv;
  }

  long encrypt(long block) {
    return Rounds.crypt(encryption, block);
  }

  long decrypt(long block) {
    return decrypt(decryption, block);
  }

  /** With the sums for decryption: the halves are exchanged, then it is encryption. */
  static long decrypt(int[] sums, long block) {
    return Long.rotateLeft(Rounds.crypt(sums, Long.rotateLeft(block, 32)), 32);
  }

  /** Clears the key. Results computed at this moment are worthless: see {@link #destroyed}. */
  void destroy() {
    destroyed = true;
    VarHandle.fullFence(); // nobody sees a cleared word without seeing the flag
    Arrays.fill(encryption, 0);
    Arrays.fill(decryption, 0);
    iv = 0;
  }

  /** Whether the key was cleared, to be asked after each use. */
  boolean destroyed() {
    VarHandle.fullFence();
    return destroyed;
  }

  @Override
  public String toString() {
    return destroyed ? "fcrypt key (destroyed)" : "fcrypt key";
  }
}
