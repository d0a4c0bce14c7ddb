// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.cpp;

import io.rxrpc.rxgen.source.Place;

/** A constant expression that is yet to be worked out. */
public sealed interface Expression {
  /** Where it begins. */
  Place place();

  /** A number, as it was written and what it is. */
  record Literal(long value, String text, Place place) implements Expression {}

  /** The name of a constant. */
  record Name(String name, Place place) implements Expression {}

  /** A string, which is no number but may be a constant. */
  record Text(String text, Place place) implements Expression {}

  /** An operator before its operand. */
  record Unary(String operator, Expression operand, Place place) implements Expression {}

  /** An operator between its operands. */
  record Binary(String operator, Expression left, Expression right, Place place)
      implements Expression {}

  /** The conditional operator. */
  record Choice(Expression condition, Expression yes, Expression no, Place place)
      implements Expression {}

  /** A value spelt by a macro: worked out as what the macro stands for, shown by its name. */
  record Spelt(String macro, Expression value, Place place) implements Expression {}
}
