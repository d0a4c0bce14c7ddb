// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.cpp;

/** Works out constant expressions in 64-bit arithmetic. */
public final class Evaluator {
  /** What names stand for. */
  public interface Names {
    /**
     * The value of a constant.
     *
     * @throws Malformed if there is no such constant, or it is no number
     */
    long value(Expression.Name name) throws MalformedInput;
  }

  private final Names names;

  /** With these constants. */
  public Evaluator(Names names) {
    this.names = names;
  }

  /** The value of the expression. */
  public long value(Expression expression) throws MalformedInput {
    return switch (expression) {
      case Expression.Literal number -> number.value();
      case Expression.Name name -> names.value(name);
      case Expression.Spelt spelt -> value(spelt.value());
      case Expression.Text text ->
          throw new MalformedInput(text.place(), "expected a number, found a string");
      case Expression.Unary unary -> unary(unary.operator(), value(unary.operand()));
      case Expression.Choice choice ->
          value(value(choice.condition()) != 0 ? choice.yes() : choice.no());
      case Expression.Binary binary -> binary(binary);
    };
  }

  private static long unary(String operator, long value) {
    return switch (operator) {
      case "-" -> -value;
      case "~" -> ~value;
      case "!" -> value == 0 ? 1 : 0;
      default -> value;
    };
  }

  private long binary(Expression.Binary binary) throws MalformedInput {
    long left = value(binary.left());
    // What does not count is not worked out: it may divide by zero.
    if (binary.operator().equals("&&") && left == 0) {
      return 0;
    }
    if (binary.operator().equals("||") && left != 0) {
      return 1;
    }
    long right = value(binary.right());
    return switch (binary.operator()) {
      case "&&", "||" -> right != 0 ? 1 : 0;
      case "|" -> left | right;
      case "^" -> left ^ right;
      case "&" -> left & right;
      case "==" -> left == right ? 1 : 0;
      case "!=" -> left != right ? 1 : 0;
      case "<" -> left < right ? 1 : 0;
      case ">" -> left > right ? 1 : 0;
      case "<=" -> left <= right ? 1 : 0;
      case ">=" -> left >= right ? 1 : 0;
      case "<<" -> left << (right & 63);
      case ">>" -> left >> (right & 63);
      case "+" -> left + right;
      case "-" -> left - right;
      case "*" -> left * right;
      case "/" -> left / divisor(binary, right);
      case "%" -> left % divisor(binary, right);
      default ->
          throw new MalformedInput(
              binary.place(), "'" + binary.operator() + "' is no operator here");
    };
  }

  private static long divisor(Expression.Binary binary, long right) throws MalformedInput {
    if (right == 0) {
      throw new MalformedInput(binary.right().place(), "division by zero");
    }
    return right;
  }
}
