// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import java.lang.foreign.MemorySegment;

/**
 * fcrypt in PCBC mode over many blocks at once, for machines that have a faster way than tables. It
 * makes the same octets. Safe for all threads; keeps no key. All lengths are multiples of 8.
 *
 * <p>A key comes expanded, as 18 words: a round adds to the half that it changes the word of its
 * number, 0 to 15, which takes off the round key that the half carries and puts on its next; the
 * right half carries word 17 at the start, and word 16 is taken from the left one at the end.
 */
public interface WideFcrypt {
  /**
   * {@return how many packets it likes to encrypt at once, 0 for as few as ever} It may grow while
   * it is used.
   */
  int packetsAtOnce();

  /**
   * {@return whether it encrypts so many packets faster than tables do}
   *
   * @param packets how many
   * @param length octets of each
   */
  boolean encrypts(int packets, int length);

  /**
   * Encrypts packets where they lie, each with a chain of its own.
   *
   * @param sums the expanded key
   * @param iv the first octet highest
   * @param memory where the packets are
   * @param first where the first begins in {@code memory}
   * @param stride octets from one to the next
   * @param packets how many
   * @param length octets of each
   */
  void encrypt(
      int[] sums, long iv, MemorySegment memory, long first, long stride, int packets, int length);

  /**
   * {@return whether it decrypts one packet faster than tables do}
   *
   * @param length its octets
   */
  boolean decrypts(int length);

  /**
   * Decrypts one packet. The source is not changed unless it is the destination too.
   *
   * @param sums the expanded key in the order of decryption; the halves of block and result are
   *     exchanged, then it is encryption
   * @param iv the first octet highest
   * @param source where the packet is
   * @param from where it begins there
   * @param destination where it goes
   * @param to where it begins there
   * @param length its octets
   */
  void decrypt(
      int[] sums,
      long iv,
      MemorySegment source,
      long from,
      MemorySegment destination,
      long to,
      int length);
}
