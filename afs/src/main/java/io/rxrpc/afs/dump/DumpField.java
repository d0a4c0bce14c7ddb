// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import io.rxrpc.xdr.Ints;
import io.rxrpc.xdr.Octets;
import io.rxrpc.xdr.XdrText;
import java.nio.ByteBuffer;

/**
 * One tag with its value, of any section, known or not. Two are equal when their octets are.
 *
 * @param tag the octet in front of the value, 0x15 to 0x7f
 * @param layout how the value lies in the stream; not of a vnode's data, which is no field
 * @param value the value as it lies in the stream, with NUL, count or length where there is one
 */
public record DumpField(int tag, FieldLayout layout, Octets value) {
  private static final int MAX_WORDS = 0xffff;

  /** Checks that reading the value back would give this field. */
  public DumpField {
    if (!FieldLayout.isField(tag)
        || layout == FieldLayout.DATA
        || layout == FieldLayout.LONG_DATA) {
      throw new IllegalArgumentException("no field: tag " + tag + ", " + layout);
    }
    if (!fits(layout, value)) {
      throw new IllegalArgumentException("tag " + tag + ": no " + layout + ": " + value);
    }
  }

  private static boolean fits(FieldLayout layout, Octets value) {
    int size = value.size();
    return switch (layout) {
      case U8, U16, U32, ACL, EMPTY -> size == layout.octets();
      case TEXT -> size > 0 && firstNul(value) == size - 1;
      case WORDS -> size >= 2 && size == 2 + 4 * (value.asBuffer().getShort(0) & MAX_WORDS);
      case COUNTED -> {
        long data = Counted.length(value);
        yield data >= 0 && size == Counted.prefix(value) + data;
      }
      case DATA, LONG_DATA -> false;
    };
  }

  private static int firstNul(Octets value) {
    int at = 0;
    while (at < value.size() && value.get(at) != 0) {
      at++;
    }
    return at;
  }

  /**
   * {@return a field that this library knows no meaning of, {@code data} without what says its
   * length}
   *
   * @param tag the tag
   * @param data the data
   */
  public static DumpField unknown(int tag, Octets data) {
    FieldLayout layout = FieldLayout.ofUnknown(tag);
    return new DumpField(tag, layout, layout == FieldLayout.COUNTED ? Counted.of(data) : data);
  }

  static DumpField ofNumber(DumpTag tag, long number) {
    int octets =
        switch (tag.layout()) {
          case U8, U16, U32 -> tag.layout().octets();
          default -> throw new IllegalArgumentException(tag + " is no number but " + tag.layout());
        };
    if (number < 0 || number >>> (8 * octets) != 0) {
      throw new IllegalArgumentException(tag + " has no room for " + number);
    }
    byte[] value = new byte[octets];
    for (int i = 0; i < octets; i++) {
      value[i] = (byte) (number >>> (8 * (octets - 1 - i)));
    }
    return new DumpField(tag.tag(), tag.layout(), Octets.of(value));
  }

  static DumpField ofText(DumpTag tag, String text) {
    byte[] octets = XdrText.encode(text + '\0');
    return new DumpField(tag.tag(), expect(tag, FieldLayout.TEXT), Octets.of(octets));
  }

  static DumpField ofWords(DumpTag tag, Ints words) {
    if (words.size() > MAX_WORDS) {
      throw new IllegalArgumentException(tag + ": " + words.size() + " words are too many");
    }
    ByteBuffer value = ByteBuffer.allocate(2 + 4 * words.size()).putShort((short) words.size());
    words.stream().forEach(value::putInt);
    return new DumpField(tag.tag(), expect(tag, FieldLayout.WORDS), Octets.of(value.array()));
  }

  static DumpField ofAcl(DumpTag tag, DumpAcl acl) {
    return new DumpField(tag.tag(), expect(tag, FieldLayout.ACL), acl.toOctets());
  }

  private static FieldLayout expect(DumpTag tag, FieldLayout wanted) {
    if (tag.layout() != wanted) {
      throw new IllegalArgumentException(tag + " is not " + wanted + " but " + tag.layout());
    }
    return wanted;
  }

  /**
   * {@return the value of a number, 0 or more}
   *
   * @throws IllegalStateException when the layout is another one
   */
  public long number() {
    return switch (layout) {
      case U8 -> value.get(0) & 0xff;
      case U16 -> value.asBuffer().getShort(0) & 0xffff;
      case U32 -> Integer.toUnsignedLong(value.asBuffer().getInt(0));
      default -> throw new IllegalStateException("no number but " + layout);
    };
  }

  /**
   * {@return the value of a text, without its NUL; octets that are no UTF-8 as {@link XdrText}
   * shows them}
   *
   * @throws IllegalStateException when the layout is another one
   */
  public String text() {
    if (layout != FieldLayout.TEXT) {
      throw new IllegalStateException("no text but " + layout);
    }
    return XdrText.decode(value.toArray(), 0, value.size() - 1);
  }

  /**
   * {@return the words of a list}
   *
   * @throws IllegalStateException when the layout is another one
   */
  public Ints words() {
    if (layout != FieldLayout.WORDS) {
      throw new IllegalStateException("no words but " + layout);
    }
    int[] words = new int[(value.size() - 2) / 4];
    value.asBuffer().position(2).asIntBuffer().get(words);
    return Ints.of(words);
  }

  /** {@return the value without what says its length or ends it} */
  public Octets data() {
    byte[] all = value.toArray();
    return switch (layout) {
      case TEXT -> Octets.of(all, 0, all.length - 1);
      case WORDS -> Octets.of(all, 2, all.length - 2);
      case COUNTED -> Octets.of(all, Counted.prefix(value), all.length - Counted.prefix(value));
      default -> value;
    };
  }

  /** For example {@code 'v' U32 20000003}. */
  @Override
  public String toString() {
    return "'" + (char) tag + "' " + layout + " " + value;
  }
}
