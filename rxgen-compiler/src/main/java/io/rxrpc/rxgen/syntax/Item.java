// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.syntax;

import io.rxrpc.rxgen.cpp.Expression;
import io.rxrpc.rxgen.source.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One item of a description, as it was written. */
public sealed interface Item {
  /** Where its name stands. */
  Place place();

  /** {@code const NAME = value;}. */
  record Const(String name, Expression value, Place place) implements Item {}

  /** One name of an enum; without a value one more than the name before. */
  record Enumerator(String name, @Nullable Expression value, Place place) {}

  /** {@code enum NAME { ... };}. */
  record Enumeration(String name, List<Enumerator> values, Place place) implements Item {}

  /** {@code struct NAME { ... };}; customized: its octets are written by hand-made C. */
  record Struct(String name, List<Declaration> fields, boolean customized, Place place)
      implements Item {}

  /** One arm of a union; without labels the default, without a declaration void. */
  record Arm(List<Expression> labels, @Nullable Declaration declaration, Place place) {}

  /** {@code union NAME switch (declaration) { ... };}. */
  record Union(String name, Declaration discriminator, List<Arm> arms, Place place)
      implements Item {}

  /** {@code typedef declaration;}. */
  record Typedef(Declaration declaration) implements Item {
    @Override
    public Place place() {
      return declaration.place();
    }
  }

  /** {@code special struct NAME FIELD, ...;}: these fields are counted strings. */
  record Special(String name, List<String> fields, Place place) implements Item {}

  /** {@code package NAME}. */
  record PackageName(String name, Place place) implements Item {}

  /** {@code prefix NAME}. */
  record Prefix(String name, Place place) implements Item {}

  /** {@code statindex NUMBER}. */
  record StatIndex(Expression index, Place place) implements Item {}

  /** {@code startingopcode NUMBER}. */
  record StartingOpcode(Expression opcode, Place place) implements Item {}

  /** {@code splitprefix IN=NAME OUT=NAME;}. */
  record SplitPrefix(@Nullable String start, @Nullable String end, Place place) implements Item {}

  /** Which way a parameter goes; null: as the one before it. */
  enum Way {
    /** Into the request. */
    IN,
    /** Into the reply. */
    OUT,
    /** Into both. */
    INOUT
  }

  /** A parameter. */
  record Parameter(@Nullable Way way, Declaration declaration) {}

  /** How a procedure is called. */
  enum Mode {
    /** As a whole. */
    PLAIN,
    /** With data between request and reply. */
    SPLIT,
    /** Also at many servers at once. */
    MULTI
  }

  /**
   * A procedure; without a name it is called as its package.
   *
   * @param documentation the comment before it that begins with two stars; null where there is none
   */
  record Procedure(
      @Nullable String name,
      @Nullable String serverName,
      List<Parameter> parameters,
      Mode mode,
      @Nullable Expression opcode,
      @Nullable String documentation,
      Place place)
      implements Item {}
}
