// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Octets as a value: immutable, equal when their contents are. What {@code opaque} becomes. */
public final class Octets {
  private static final int SHOWN = 32;

  /** None. */
  public static final Octets EMPTY = new Octets(new byte[0]);

  private final byte[] octets;

  private Octets(byte[] octets) {
    this.octets = octets;
  }

  /**
   * {@return a value of its own: the array is copied}
   *
   * @param octets the data
   */
  public static Octets of(byte[] octets) {
    return octets.length == 0 ? EMPTY : new Octets(octets.clone());
  }

  /**
   * {@return a value of its own of a part of an array}
   *
   * @param octets the data
   * @param offset where they begin
   * @param length how many bytes
   */
  public static Octets of(byte[] octets, int offset, int length) {
    return length == 0 ? EMPTY : new Octets(Arrays.copyOfRange(octets, offset, offset + length));
  }

  /**
   * {@return octets given as {@code "00ff4711"}}
   *
   * @param digits an even number of hexadecimal digits
   */
  public static Octets ofHex(String digits) {
    return owned(HexFormat.of().parseHex(digits));
  }

  /**
   * {@return the UTF-8 of a text}
   *
   * @param text the text
   */
  public static Octets ofText(String text) {
    return owned(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Nobody else may have the array. */
  static Octets owned(byte[] octets) {
    return octets.length == 0 ? EMPTY : new Octets(octets);
  }

  byte[] array() {
    return octets;
  }

  /** {@return how many} */
  public int size() {
    return octets.length;
  }

  /**
   * {@return one of them, signed as Java's bytes are}
   *
   * @param index which one, from 0
   */
  public byte get(int index) {
    return octets[index];
  }

  /** {@return a copy} */
  public byte[] toArray() {
    return octets.clone();
  }

  /**
   * Without a copy: read-only.
   *
   * @return a copy without a copy: read-only
   */
  public ByteBuffer asBuffer() {
    return ByteBuffer.wrap(octets).asReadOnlyBuffer();
  }

  /** {@return as hexadecimal digits} */
  public String toHex() {
    return HexFormat.of().formatHex(octets);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Octets other && Arrays.equals(octets, other.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  /** The digits; of more than 32 octets the first, and how many there are. */
  @Override
  public String toString() {
    return octets.length <= SHOWN
        ? toHex()
        : HexFormat.of().formatHex(octets, 0, SHOWN) + "... (" + octets.length + " octets)";
  }
}
