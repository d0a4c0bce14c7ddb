// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import io.rxrpc.xdr.XdrException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes values of XDR, as Rx has it, to memory or to a stream, a block of 16 KiB at a time. For
 * one thread.
 *
 * <p>A value that is out of its type's bounds is refused with an {@link XdrException}, and what was
 * written before it is of no use. Methods that can refuse one take the name of the field; elements
 * of arrays have none, {@code ""}. Bounds are in elements or octets; {@link XdrLimits#UNBOUNDED}
 * means none.
 */
public final class XdrWriter extends OutputWindow {
  private final OutputStream rest = new RestOfOutput(this);

  /** Writes to memory. */
  public XdrWriter() {
    super(0);
  }

  /**
   * Writes to memory.
   *
   * @param expected how many octets it will be; no bound
   */
  public XdrWriter(int expected) {
    super(expected);
  }

  private XdrWriter(OutputStream sink) {
    super(sink);
  }

  /**
   * Writes to a stream. What has not filled a block waits for {@link #flush}.
   *
   * @param sink takes them
   * @return the writer
   */
  public static XdrWriter to(OutputStream sink) {
    return new XdrWriter(sink);
  }

  // numbers

  /**
   * {@code int}, {@code afs_int32}, enums, and the bits of unsigned 32-bit numbers.
   *
   * @param value the value
   * @throws IOException if it cannot be read or written
   */
  public void int32(int value) throws IOException {
    if (buffer.length - at < 4) {
      room(4);
    }
    InputWindow.INT.set(buffer, at, value);
    at += 4;
  }

  /**
   * {@code afs_int64}, and the bits of {@code afs_uint64}.
   *
   * @param value the value
   * @throws IOException if it cannot be read or written
   */
  public void int64(long value) throws IOException {
    if (buffer.length - at < 8) {
      room(8);
    }
    InputWindow.LONG.set(buffer, at, value);
    at += 8;
  }

  /**
   * {@code short}, with its sign.
   *
   * @param value the value
   * @throws IOException if it cannot be read or written
   */
  public void int16(short value) throws IOException {
    int32(value);
  }

  /**
   * {@code unsigned short}, 0..65535.
   *
   * @param field what the value is called, for messages
   * @param value the value
   * @throws IOException if it cannot be read or written
   */
  public void uint16(String field, int value) throws IOException {
    range(field, value, 0xffff);
    int32(value);
  }

  /**
   * {@code char} as a number, with its sign.
   *
   * @param value the value
   * @throws IOException if it cannot be read or written
   */
  public void int8(byte value) throws IOException {
    int32(value);
  }

  /**
   * {@code unsigned char}, 0..255.
   *
   * @param field what the value is called, for messages
   * @param value the value
   * @throws IOException if it cannot be read or written
   */
  public void uint8(String field, int value) throws IOException {
    range(field, value, 0xff);
    int32(value);
  }

  /**
   * {@code bool}.
   *
   * @param value the value
   * @throws IOException if it cannot be read or written
   */
  public void bool(boolean value) throws IOException {
    int32(value ? 1 : 0);
  }

  /**
   * {@code float}.
   *
   * @param value the value
   * @throws IOException if it cannot be read or written
   */
  public void float32(float value) throws IOException {
    int32(Float.floatToRawIntBits(value));
  }

  /**
   * {@code double}.
   *
   * @param value the value
   * @throws IOException if it cannot be read or written
   */
  public void float64(double value) throws IOException {
    int64(Double.doubleToRawLongBits(value));
  }

  /**
   * {@code afsUUID}: 11 words, those of its octets with their sign.
   *
   * @param value the value
   * @throws IOException if it cannot be read or written
   */
  public void uuid(UUID value) throws IOException {
    long high = value.getMostSignificantBits();
    long low = value.getLeastSignificantBits();
    int32((int) (high >>> 32));
    int32((int) (high >>> 16) & 0xffff);
    int32((int) high & 0xffff);
    for (int shift = 56; shift >= 0; shift -= 8) {
      int32((byte) (low >>> shift));
    }
  }

  private void range(String field, int value, int most) throws XdrException {
    if (value < 0 || value > most) {
      throw fault(Reason.VALUE, field, value + " is outside 0.." + most);
    }
  }

  // octets and text

  /**
   * {@code opaque name[size]}.
   *
   * @param field what the value is called, for messages
   * @param size how many there are, or may be
   * @param value the value
   * @throws IOException if it cannot be read or written
   */
  public void opaque(String field, int size, Octets value) throws IOException {
    exactly(field, value.size(), size, "octets");
    put(value.array(), 0, size);
    pad(size);
  }

  /**
   * {@code opaque name<max>}.
   *
   * @param field what the value is called, for messages
   * @param max the longest there may be
   * @param value the value
   * @throws IOException if it cannot be read or written
   */
  public void opaqueUpTo(String field, int max, Octets value) throws IOException {
    atMost(field, value.size(), max, "octets");
    int32(value.size());
    put(value.array(), 0, value.size());
    pad(value.size());
  }

  /**
   * {@code string name<max>}, as {@link XdrText} has it. One with a NUL is refused.
   *
   * @param field what the value is called, for messages
   * @param max the longest there may be
   * @param value the value
   * @throws IOException if it cannot be read or written
   */
  public void string(String field, int max, String value) throws IOException {
    int size = octets(field, value);
    atMost(field, size, max, "octets");
    int nul = value.indexOf('\0');
    if (nul >= 0) {
      throw fault(Reason.TEXT, field, "character " + nul + " of the string is NUL");
    }
    int32(size);
    if (portion(size, 1) == size) {
      XdrText.write(value, buffer, at, 1);
      at += size;
    } else {
      put(XdrText.encode(value), 0, size);
    }
    pad(size);
  }

  /**
   * {@code char name[size]}, a word for each; zeros behind the text.
   *
   * @param field what the value is called, for messages
   * @param size how many there are, or may be
   * @param value the value
   * @throws IOException if it cannot be read or written
   */
  public void chars(String field, int size, String value) throws IOException {
    int length = octets(field, value);
    atMost(field, length, size, "octets");
    WordArrays.sign8(this, value, length, size);
  }

  /**
   * {@code char name<max>}, a word for each.
   *
   * @param field what the value is called, for messages
   * @param max the longest there may be
   * @param value the value
   * @throws IOException if it cannot be read or written
   */
  public void charsUpTo(String field, int max, String value) throws IOException {
    int length = octets(field, value);
    atMost(field, length, max, "octets");
    int32(length);
    WordArrays.sign8(this, value, length, length);
  }

  /**
   * {@code unsigned char name[size]}, a word for each.
   *
   * @param field what the value is called, for messages
   * @param size how many there are, or may be
   * @param value the value
   * @throws IOException if it cannot be read or written
   */
  public void uint8s(String field, int size, Octets value) throws IOException {
    exactly(field, value.size(), size, "octets");
    WordArrays.uint8s(this, value.array());
  }

  /**
   * {@code unsigned char name<max>}, a word for each.
   *
   * @param field what the value is called, for messages
   * @param max the longest there may be
   * @param value the value
   * @throws IOException if it cannot be read or written
   */
  public void uint8sUpTo(String field, int max, Octets value) throws IOException {
    atMost(field, value.size(), max, "octets");
    int32(value.size());
    WordArrays.uint8s(this, value.array());
  }

  private int octets(String field, String value) throws XdrException {
    int bad = XdrText.firstBad(value);
    if (bad >= 0) {
      throw fault(Reason.TEXT, field, XdrText.problem(value, bad));
    }
    return XdrText.length(value);
  }

  // arrays

  /**
   * {@code afs_int32 name[size]}, or of any other type of 32 bits.
   *
   * @param field what the value is called, for messages
   * @param size how many there are, or may be
   * @param value the value
   * @throws IOException if it cannot be read or written
   */
  public void ints(String field, int size, Ints value) throws IOException {
    exactly(field, value.size(), size, "elements");
    WordArrays.ints(this, value.array());
  }

  /**
   * {@code afs_int32 name<max>}, or of any other type of 32 bits.
   *
   * @param field what the value is called, for messages
   * @param max the longest there may be
   * @param value the value
   * @throws IOException if it cannot be read or written
   */
  public void intsUpTo(String field, int max, Ints value) throws IOException {
    atMost(field, value.size(), max, "elements");
    int32(value.size());
    WordArrays.ints(this, value.array());
  }

  /**
   * {@code afs_int64 name[size]}, or of its unsigned brother.
   *
   * @param field what the value is called, for messages
   * @param size how many there are, or may be
   * @param value the value
   * @throws IOException if it cannot be read or written
   */
  public void longs(String field, int size, Longs value) throws IOException {
    exactly(field, value.size(), size, "elements");
    WordArrays.longs(this, value.array());
  }

  /**
   * {@code afs_int64 name<max>}, or of its unsigned brother.
   *
   * @param field what the value is called, for messages
   * @param max the longest there may be
   * @param value the value
   * @throws IOException if it cannot be read or written
   */
  public void longsUpTo(String field, int max, Longs value) throws IOException {
    atMost(field, value.size(), max, "elements");
    int32(value.size());
    WordArrays.longs(this, value.array());
  }

  /**
   * {@code T name[size]}.
   *
   * @param <T> the type of the value
   * @param field what the value is called, for messages
   * @param size how many there are, or may be
   * @param value the value
   * @param element of each element
   * @throws IOException if it cannot be read or written
   */
  public <T> void list(String field, int size, List<T> value, XdrEncoder<? super T> element)
      throws IOException {
    exactly(field, value.size(), size, "elements");
    elements(field, value, element);
  }

  /**
   * {@code T name<max>}.
   *
   * @param <T> the type of the value
   * @param field what the value is called, for messages
   * @param max the longest there may be
   * @param value the value
   * @param element of each element
   * @throws IOException if it cannot be read or written
   */
  public <T> void listUpTo(String field, int max, List<T> value, XdrEncoder<? super T> element)
      throws IOException {
    atMost(field, value.size(), max, "elements");
    int32(value.size());
    elements(field, value, element);
  }

  private <T> void elements(String field, List<T> value, XdrEncoder<? super T> element)
      throws IOException {
    int i = 0;
    try {
      for (T one : value) {
        element.encode(one, this);
        i++;
      }
    } catch (XdrException e) {
      throw e.within("[" + i + "]").within(field);
    }
  }

  // structures

  /**
   * A structure or union within another one.
   *
   * @param <T> the type of the value
   * @param field what the value is called, for messages
   * @param value the value
   * @param encoder writes the value
   * @throws IOException if it cannot be read or written
   */
  public <T> void struct(String field, T value, XdrEncoder<? super T> encoder) throws IOException {
    try {
      encoder.encode(value, this);
    } catch (XdrException e) {
      throw e.within(field);
    }
  }

  /**
   * {@code T *name}.
   *
   * @param <T> the type of the value
   * @param field what the value is called, for messages
   * @param value the value
   * @param encoder writes the value
   * @throws IOException if it cannot be read or written
   */
  public <T> void optional(
      String field,
      @SuppressWarnings("OptionalUsedAsFieldOrParameterType") Optional<T> value,
      XdrEncoder<? super T> encoder)
      throws IOException {
    bool(value.isPresent());
    if (value.isPresent()) {
      struct(field, value.get(), encoder);
    }
  }

  /**
   * A linked list from a pointer to its first node: {@code T *name}, where a T ends with {@code T
   * *next}.
   *
   * @param <T> the type of the value
   * @param field what the value is called, for messages
   * @param value the value
   * @param node writes a node without its last field
   * @throws IOException if it cannot be read or written
   */
  public <T> void chain(String field, List<T> value, XdrEncoder<? super T> node)
      throws IOException {
    bool(!value.isEmpty());
    if (!value.isEmpty()) {
      chainFrom(field, value, node);
    }
  }

  /**
   * The same from the first node itself: one node at least.
   *
   * @param <T> the type of the value
   * @param field what the value is called, for messages
   * @param value the value
   * @param node reads or writes one node
   * @throws IOException if it cannot be read or written
   */
  public <T> void chainFrom(String field, List<T> value, XdrEncoder<? super T> node)
      throws IOException {
    if (value.isEmpty()) {
      throw fault(Reason.LENGTH, field, "no node, where one is the least");
    }
    XdrEncoder<T> andWhetherMore =
        new XdrEncoder<>() {
          private int left = value.size();

          @Override
          public void encode(T one, XdrWriter out) throws IOException {
            node.encode(one, out);
            out.bool(--left > 0);
          }
        };
    elements(field, value, andWhetherMore);
  }

  // what follows

  /**
   * Writes octets as they are, behind what was encoded. Its flush is {@link #flush}; closing it
   * does nothing more.
   *
   * @return the output stream
   */
  public OutputStream stream() {
    return rest;
  }

  /**
   * Hands what was written to the stream and flushes that. Does nothing for memory.
   *
   * @throws IOException if it cannot be read or written
   */
  public void flush() throws IOException {
    drain();
    if (sink != null) {
      sink.flush();
    }
  }

  /**
   * {@return a copy of what was written}
   *
   * @throws IllegalStateException when it went to a stream
   */
  public byte[] toByteArray() {
    if (sink != null) {
      throw new IllegalStateException("it was written to a stream");
    }
    return Arrays.copyOf(buffer, at);
  }

  // bounds

  private void exactly(String field, int actual, int size, String units) throws XdrException {
    if (actual != size) {
      throw fault(Reason.LENGTH, field, actual + " " + units + ", where there must be " + size);
    }
  }

  private void atMost(String field, int actual, int max, String units) throws XdrException {
    if (actual > max) {
      throw fault(Reason.LENGTH, field, actual + " " + units + ", where " + max + " is the most");
    }
  }

  private void pad(int size) throws IOException {
    for (int n = -size & 3; n > 0; n--) {
      room(1);
      buffer[at++] = 0;
    }
  }
}
