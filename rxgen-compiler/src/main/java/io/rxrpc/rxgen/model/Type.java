// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.model;

/** What a field, parameter or element is. */
public sealed interface Type {
  /** The types without a bound. */
  enum Scalar implements Type {
    /** 32 bits, signed. */
    INT("int"),
    /** 32 bits, unsigned. */
    UNSIGNED_INT("unsigned int"),
    /** 16 bits in a word, signed. */
    SHORT("short"),
    /** 16 bits in a word, unsigned. */
    UNSIGNED_SHORT("unsigned short"),
    /** 8 bits in a word. */
    CHAR("char"),
    /** 8 bits in a word, unsigned. */
    UNSIGNED_CHAR("unsigned char"),
    /** 64 bits, signed. */
    HYPER("afs_int64"),
    /** 64 bits, unsigned. */
    UNSIGNED_HYPER("afs_uint64"),
    /** A word that is 0 or 1. */
    BOOL("bool"),
    /** IEEE 754, 32 bits. */
    FLOAT("float"),
    /** IEEE 754, 64 bits. */
    DOUBLE("double"),
    /** A UUID in eleven words. */
    UUID("afsUUID");

    private final String word;

    Scalar(String word) {
      this.word = word;
    }

    /** As the language has it. */
    @Override
    public String toString() {
      return word;
    }
  }

  /**
   * A string of at most so many octets.
   *
   * @param max the longest there may be
   */
  record Text(Bound max) implements Type {
    @Override
    public String toString() {
      return "string<" + max + ">";
    }
  }

  /**
   * So many octets.
   *
   * @param size how many there are, or may be
   */
  record FixedOpaque(Bound size) implements Type {
    @Override
    public String toString() {
      return "opaque[" + size + "]";
    }
  }

  /**
   * At most so many octets.
   *
   * @param max the longest there may be
   */
  record Opaque(Bound max) implements Type {
    @Override
    public String toString() {
      return "opaque<" + max + ">";
    }
  }

  /**
   * So many elements.
   *
   * @param element of each element
   * @param size how many there are, or may be
   */
  record Array(Type element, Bound size) implements Type {
    @Override
    public String toString() {
      return element + "[" + size + "]";
    }
  }

  /**
   * At most so many elements.
   *
   * @param element of each element
   * @param max the longest there may be
   */
  record Sequence(Type element, Bound max) implements Type {
    @Override
    public String toString() {
      return element + "<" + max + ">";
    }
  }

  /**
   * Nothing or one.
   *
   * @param target what it may be
   */
  record Optional(Type target) implements Type {
    @Override
    public String toString() {
      return target + " *";
    }
  }

  /**
   * A type that the description defines, see {@link Description#definition}.
   *
   * @param name the name
   */
  record Named(String name) implements Type {
    @Override
    public String toString() {
      return name;
    }
  }
}
