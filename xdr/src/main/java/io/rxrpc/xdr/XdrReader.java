// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import io.rxrpc.xdr.XdrException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads values of XDR, as Rx has it, from memory or from a stream. Of a stream it may take more
 * than has been decoded so far; {@link #stream} gives that back. For one thread.
 *
 * <p>Nothing is allocated for a length before the octets are known to be there (memory), or more
 * than 512 KiB ahead of what has come (streams). Each method takes the name of the field it reads,
 * for the path in an {@link XdrException}; elements of arrays have none, {@code ""}. Bounds are in
 * elements or octets; {@link XdrLimits#UNBOUNDED} stands for the limit of this reader.
 */
public final class XdrReader extends InputWindow {
  private final XdrLimits limits;
  private int depth;
  private int emptyElements;

  private XdrReader(byte[] memory, int offset, int length, XdrLimits limits) {
    super(memory, offset, length);
    this.limits = limits;
  }

  private XdrReader(InputStream source, XdrLimits limits) {
    super(source, limits.total());
    this.limits = limits;
  }

  /**
   * Reads an array, which must not be changed meanwhile, with the default limits.
   *
   * @param memory the data
   * @return the reader
   */
  public static XdrReader of(byte[] memory) {
    return of(memory, XdrLimits.DEFAULT);
  }

  /**
   * Reads an array, which must not be changed meanwhile.
   *
   * @param memory the data
   * @param limits the bounds
   * @return the reader
   */
  public static XdrReader of(byte[] memory, XdrLimits limits) {
    return new XdrReader(memory, 0, memory.length, limits);
  }

  /**
   * Reads what remains in a buffer, which must not be changed meanwhile; its position stays. One
   * that is off the heap or read-only is copied.
   *
   * @param memory the data
   * @param limits the bounds
   * @return the reader
   */
  public static XdrReader of(ByteBuffer memory, XdrLimits limits) {
    int length = memory.remaining();
    if (memory.hasArray()) {
      int offset = memory.arrayOffset() + memory.position();
      return new XdrReader(memory.array(), offset, length, limits);
    }
    byte[] copy = new byte[length];
    memory.get(memory.position(), copy);
    return of(copy, limits);
  }

  /**
   * Reads a stream, at most {@link XdrLimits#total} octets of it. Never closes it.
   *
   * @param source where it comes from
   * @param limits the bounds
   * @return the reader
   */
  public static XdrReader of(InputStream source, XdrLimits limits) {
    return new XdrReader(source, limits);
  }

  /** {@return the limits it was made with} */
  public XdrLimits limits() {
    return limits;
  }

  // numbers

  /**
   * {@return {@code int}, {@code afs_int32}, and the bits of their unsigned brothers}
   *
   * @param field what the value is called, for messages
   * @throws IOException if it cannot be read or written
   */
  public int int32(String field) throws IOException {
    if (end - at < 4) {
      need(field, 4);
    }
    int value = (int) INT.get(buffer, at);
    at += 4;
    return value;
  }

  /**
   * {@return {@code afs_int64}, and the bits of {@code afs_uint64}}
   *
   * @param field what the value is called, for messages
   * @throws IOException if it cannot be read or written
   */
  public long int64(String field) throws IOException {
    if (end - at < 8) {
      need(field, 8);
    }
    long value = (long) LONG.get(buffer, at);
    at += 8;
    return value;
  }

  /**
   * {@return {@code short}: the low 16 bits of the word, as in OpenAFS}
   *
   * @param field what the value is called, for messages
   * @throws IOException if it cannot be read or written
   */
  public short int16(String field) throws IOException {
    return (short) int32(field);
  }

  /**
   * {@return {@code unsigned short}, 0..65535: the low 16 bits of the word}
   *
   * @param field what the value is called, for messages
   * @throws IOException if it cannot be read or written
   */
  public int uint16(String field) throws IOException {
    return int32(field) & 0xffff;
  }

  /**
   * {@return {@code char} as a number: the low 8 bits of the word}
   *
   * @param field what the value is called, for messages
   * @throws IOException if it cannot be read or written
   */
  public byte int8(String field) throws IOException {
    return (byte) int32(field);
  }

  /**
   * {@return {@code unsigned char}, 0..255: the low 8 bits of the word}
   *
   * @param field what the value is called, for messages
   * @throws IOException if it cannot be read or written
   */
  public int uint8(String field) throws IOException {
    return int32(field) & 0xff;
  }

  /**
   * {@return {@code bool}} What is neither 0 nor 1 is refused.
   *
   * @param field what the value is called, for messages
   * @throws IOException if it cannot be read or written
   */
  public boolean bool(String field) throws IOException {
    int value = int32(field);
    if (value != 0 && value != 1) {
      at -= 4;
      throw fault(Reason.VALUE, field, value + " is no boolean");
    }
    return value == 1;
  }

  /**
   * {@return {@code float}}
   *
   * @param field what the value is called, for messages
   * @throws IOException if it cannot be read or written
   */
  public float float32(String field) throws IOException {
    return Float.intBitsToFloat(int32(field));
  }

  /**
   * {@return {@code double}}
   *
   * @param field what the value is called, for messages
   * @throws IOException if it cannot be read or written
   */
  public double float64(String field) throws IOException {
    return Double.longBitsToDouble(int64(field));
  }

  /**
   * {@return {@code afsUUID}: 11 words}
   *
   * @param field what the value is called, for messages
   * @throws IOException if it cannot be read or written
   */
  public UUID uuid(String field) throws IOException {
    expect(field, 44);
    long high = (long) int32(field) << 32;
    high |= (long) uint16(field) << 16;
    high |= uint16(field);
    long low = 0;
    for (int i = 0; i < 8; i++) {
      low = low << 8 | uint8(field);
    }
    return new UUID(high, low);
  }

  // octets and text

  /**
   * {@return {@code opaque name[size]}}
   *
   * @param field what the value is called, for messages
   * @param size how many there are, or may be
   * @throws IOException if it cannot be read or written
   */
  public Octets opaque(String field, int size) throws IOException {
    byte[] octets = take(field, size);
    padding(field, size);
    return Octets.owned(octets);
  }

  /**
   * {@return {@code opaque name<max>}}
   *
   * @param field what the value is called, for messages
   * @param max the longest there may be
   * @throws IOException if it cannot be read or written
   */
  public Octets opaqueUpTo(String field, int max) throws IOException {
    return opaque(field, length(field, max, 1, "octets"));
  }

  /**
   * {@return {@code string name<max>}, as {@link XdrText} has it} One with a NUL is refused.
   *
   * @param field what the value is called, for messages
   * @param max the longest there may be
   * @throws IOException if it cannot be read or written
   */
  public String string(String field, int max) throws IOException {
    int size = length(field, max, 1, "octets");
    long from = offset();
    byte[] octets = take(field, size);
    padding(field, size);
    int nul = XdrText.nul(octets);
    if (nul >= 0) {
      throw fault(Reason.TEXT, field, from + nul, "octet " + nul + " of the string is NUL");
    }
    return XdrText.decode(octets);
  }

  /**
   * {@return {@code char name[size]}, a word for each: as text, without the NULs at its end} What
   * stands behind an earlier NUL is kept; {@link XdrText#untilNul} cuts it off.
   *
   * @param field what the value is called, for messages
   * @param size how many there are, or may be
   * @throws IOException if it cannot be read or written
   */
  public String chars(String field, int size) throws IOException {
    byte[] octets = words8(field, size);
    int length = size;
    while (length > 0 && octets[length - 1] == 0) {
      length--;
    }
    return XdrText.decode(octets, 0, length);
  }

  /**
   * {@return {@code char name<max>}, a word for each: as text, NULs and all}
   *
   * @param field what the value is called, for messages
   * @param max the longest there may be
   * @throws IOException if it cannot be read or written
   */
  public String charsUpTo(String field, int max) throws IOException {
    return XdrText.decode(words8(field, length(field, max, 4, "characters")));
  }

  /**
   * {@return {@code unsigned char name[size]}, a word for each}
   *
   * @param field what the value is called, for messages
   * @param size how many there are, or may be
   * @throws IOException if it cannot be read or written
   */
  public Octets uint8s(String field, int size) throws IOException {
    return Octets.owned(words8(field, size));
  }

  /**
   * {@return {@code unsigned char name<max>}, a word for each}
   *
   * @param field what the value is called, for messages
   * @param max the longest there may be
   * @throws IOException if it cannot be read or written
   */
  public Octets uint8sUpTo(String field, int max) throws IOException {
    return Octets.owned(words8(field, length(field, max, 4, "characters")));
  }

  // arrays

  /**
   * {@return {@code afs_int32 name[size]}, or of any other type of 32 bits}
   *
   * @param field what the value is called, for messages
   * @param size how many there are, or may be
   * @throws IOException if it cannot be read or written
   */
  public Ints ints(String field, int size) throws IOException {
    return Ints.owned(WordArrays.ints(this, field, size));
  }

  /**
   * {@return {@code afs_int32 name<max>}, or of any other type of 32 bits}
   *
   * @param field what the value is called, for messages
   * @param max the longest there may be
   * @throws IOException if it cannot be read or written
   */
  public Ints intsUpTo(String field, int max) throws IOException {
    return ints(field, length(field, max, 4, "elements"));
  }

  /**
   * {@return {@code afs_int64 name[size]}, or of its unsigned brother}
   *
   * @param field what the value is called, for messages
   * @param size how many there are, or may be
   * @throws IOException if it cannot be read or written
   */
  public Longs longs(String field, int size) throws IOException {
    return Longs.owned(WordArrays.longs(this, field, size));
  }

  /**
   * {@return {@code afs_int64 name<max>}, or of its unsigned brother}
   *
   * @param field what the value is called, for messages
   * @param max the longest there may be
   * @throws IOException if it cannot be read or written
   */
  public Longs longsUpTo(String field, int max) throws IOException {
    return longs(field, length(field, max, 8, "elements"));
  }

  /**
   * {@return {@code T name[size]}: an immutable list}
   *
   * @param <T> the type of the value
   * @param field what the value is called, for messages
   * @param size how many there are, or may be
   * @param element of each element
   * @throws IOException if it cannot be read or written
   */
  public <T> List<T> list(String field, int size, XdrDecoder<T> element) throws IOException {
    if (size == 0) {
      return List.of();
    }
    enter(field);
    List<T> list = new ArrayList<>();
    int i = 0;
    try {
      while (i < size) {
        long before = offset();
        list.add(element.decode(this));
        boolean empty = offset() == before;
        if (empty) {
          countEmpty();
        }
        i++;
        if (i == 1 && !empty) {
          expect("", (size - 1L) * 4); // an element is a word at least
          list = reserved(list, size);
        }
      }
    } catch (XdrException e) {
      throw e.within("[" + i + "]").within(field);
    }
    depth--;
    return List.copyOf(list);
  }

  /**
   * {@return {@code T name<max>}: an immutable list}
   *
   * @param <T> the type of the value
   * @param field what the value is called, for messages
   * @param max the longest there may be
   * @param element of each element
   * @throws IOException if it cannot be read or written
   */
  public <T> List<T> listUpTo(String field, int max, XdrDecoder<T> element) throws IOException {
    return list(field, length(field, max, 0, "elements"), element);
  }

  private static <T> List<T> reserved(List<T> first, int size) {
    List<T> list = new ArrayList<>(Math.min(size, 1 << 10));
    list.addAll(first);
    return list;
  }

  private void countEmpty() throws XdrException {
    if (++emptyElements > limits.emptyElements()) {
      throw fault(Reason.BUDGET, "", "more than " + limits.emptyElements() + " empty elements");
    }
  }

  // structures

  /**
   * {@return a structure or union within another one}
   *
   * @param <T> the type of the value
   * @param field what the value is called, for messages
   * @param decoder reads the value
   * @throws IOException if it cannot be read or written
   */
  public <T> T struct(String field, XdrDecoder<T> decoder) throws IOException {
    enter(field);
    try {
      T value = decoder.decode(this);
      depth--;
      return value;
    } catch (XdrException e) {
      throw e.within(field);
    }
  }

  /**
   * {@return {@code T *name}: a word that says whether there is one, and it}
   *
   * @param <T> the type of the value
   * @param field what the value is called, for messages
   * @param decoder reads the value
   * @throws IOException if it cannot be read or written
   */
  public <T> Optional<T> optional(String field, XdrDecoder<T> decoder) throws IOException {
    return bool(field) ? Optional.of(struct(field, decoder)) : Optional.empty();
  }

  /**
   * A linked list from a pointer to its first node: {@code T *name}, where a T ends with {@code T
   * *next}. Read in a loop, however long.
   *
   * @param <T> the type of the value
   * @param field what the value is called, for messages
   * @param node reads a node without its last field
   * @return the nodes, immutable
   * @throws IOException if it cannot be read or written
   */
  public <T> List<T> chain(String field, XdrDecoder<T> node) throws IOException {
    return bool(field) ? chainFrom(field, node) : List.of();
  }

  /**
   * {@return the same from the first node itself: one node at least}
   *
   * @param <T> the type of the value
   * @param field what the value is called, for messages
   * @param node reads or writes one node
   * @throws IOException if it cannot be read or written
   */
  public <T> List<T> chainFrom(String field, XdrDecoder<T> node) throws IOException {
    enter(field);
    List<T> list = new ArrayList<>();
    try {
      do {
        list.add(node.decode(this));
      } while (bool(""));
    } catch (XdrException e) {
      throw e.within("[" + list.size() + "]").within(field);
    }
    depth--;
    return List.copyOf(list);
  }

  private void enter(String field) throws XdrException {
    if (++depth > limits.depth()) {
      throw fault(Reason.DEPTH, field, "nested deeper than " + limits.depth() + " levels");
    }
  }

  /**
   * {@return the failure of a union whose discriminant, read just now, has no arm }
   *
   * @param field what the value is called, for messages
   * @param discriminant its value
   */
  public XdrException noSuchArm(String field, int discriminant) {
    at -= 4;
    return fault(Reason.VALUE, field, "there is no arm for " + discriminant);
  }

  // what follows

  /**
   * Refuses what follows.
   *
   * @param field what the value is called, for messages
   * @throws XdrException with {@link Reason#TRAILING} if the input is not at its end
   */
  public void end(String field) throws IOException {
    if (!atEnd()) {
      throw fault(Reason.TRAILING, field, "there is more behind the last value");
    }
  }

  /**
   * {@return what follows, as it is} Whatever is read of it is not decoded, and what is decoded
   * does not appear in it: both go on where the other stopped. Closing it does nothing.
   */
  public InputStream stream() {
    return new RestOfInput(this);
  }

  // lengths

  private int length(String field, int declared, int octetsEach, String units) throws IOException {
    int max = limits.bound(declared);
    int n = int32(field);
    if (n < 0 || n > max) {
      at -= 4;
      throw fault(
          Reason.LENGTH,
          field,
          Integer.toUnsignedString(n) + " " + units + ", where " + max + " is the most");
    }
    expect(field, (long) n * octetsEach);
    return n;
  }

  private byte[] words8(String field, int n) throws IOException {
    return WordArrays.low8(this, field, n);
  }

  private void padding(String field, int size) throws IOException {
    int n = -size & 3;
    if (n > 0) {
      need(field, n);
      for (int i = 0; i < n; i++) {
        if (limits.zeroPadding() && buffer[at + i] != 0) {
          throw fault(Reason.PADDING, field, offset() + i, "padding that is not zero");
        }
      }
      at += n;
    }
  }
}
