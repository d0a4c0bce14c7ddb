// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.cpp;

import io.rxrpc.rxgen.source.Place;
import java.math.BigInteger;
import java.util.Map;

/** Reads constant expressions, those of {@code #if} and those of the language. */
public final class ExpressionReader {
  private static final int MAX_DEPTH = 100;

  /** How tightly an operator binds. */
  private static final Map<String, Integer> BINDING =
      Map.ofEntries(
          Map.entry("||", 1),
          Map.entry("&&", 2),
          Map.entry("|", 3),
          Map.entry("^", 4),
          Map.entry("&", 5),
          Map.entry("==", 6),
          Map.entry("!=", 6),
          Map.entry("<", 7),
          Map.entry(">", 7),
          Map.entry("<=", 7),
          Map.entry(">=", 7),
          Map.entry("<<", 8),
          Map.entry(">>", 8),
          Map.entry("+", 9),
          Map.entry("-", 9),
          Map.entry("*", 10),
          Map.entry("/", 10),
          Map.entry("%", 10));

  /** In a bound, {@code >} ends the expression. */
  private static final int INSIDE_BRACKETS = 9;

  private final Tokens tokens;
  private int depth;

  private ExpressionReader(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Any expression. */
  public static Expression read(Tokens tokens) throws MalformedInput {
    return new ExpressionReader(tokens).choice();
  }

  /** An expression in angle brackets. */
  public static Expression readBound(Tokens tokens) throws MalformedInput {
    return new ExpressionReader(tokens).binary(INSIDE_BRACKETS);
  }

  private Expression choice() throws MalformedInput {
    Expression condition = binary(1);
    if (!tokens.take("?")) {
      return condition;
    }
    enter(condition.place());
    Expression yes = choice();
    if (!tokens.take(":")) {
      throw unexpected("':'");
    }
    Expression no = choice();
    depth--;
    return new Expression.Choice(condition, yes, no, condition.place());
  }

  private Expression binary(int least) throws MalformedInput {
    Expression left = unary();
    int terms = 0;
    while (true) {
      CppToken operator = tokens.peek();
      Integer binding = operator.kind() == CppToken.Kind.MARK ? BINDING.get(operator.text()) : null;
      if (binding == null || binding < least) {
        return left;
      }
      if (++terms > MAX_DEPTH) {
        throw new MalformedInput(operator.place(), "an expression of more than 100 terms");
      }
      tokens.next();
      enter(operator.place());
      Expression right = binary(binding + 1);
      depth--;
      left = new Expression.Binary(operator.text(), left, right, left.place());
    }
  }

  private Expression unary() throws MalformedInput {
    CppToken token = tokens.peek();
    if (token.is("-") || token.is("+") || token.is("~") || token.is("!")) {
      tokens.next();
      enter(token.place());
      Expression operand = unary();
      depth--;
      return new Expression.Unary(token.text(), operand, token.place());
    }
    return primary();
  }

  private Expression primary() throws MalformedInput {
    CppToken token = tokens.peek();
    Expression value =
        switch (token.kind()) {
          case NUMBER -> number(token);
          case CHARACTER -> character(token);
          case NAME -> new Expression.Name(token.text(), token.place());
          case STRING -> new Expression.Text(token.text(), token.place());
          case MARK, PASSED, UNCLOSED, LINE_END, END -> null;
        };
    if (value != null) {
      tokens.next();
      String macro = token.macro();
      return macro == null ? value : new Expression.Spelt(macro, value, token.place());
    }
    if (!tokens.take("(")) {
      throw unexpected("a number or the name of a constant");
    }
    enter(token.place());
    Expression inside = choice();
    depth--;
    if (!tokens.take(")")) {
      throw unexpected("')'");
    }
    return inside;
  }

  private void enter(Place place) throws MalformedInput {
    if (++depth > MAX_DEPTH) {
      throw new MalformedInput(place, "an expression nested deeper than 100 levels");
    }
  }

  private MalformedInput unexpected(String wanted) {
    CppToken token = tokens.peek();
    return new MalformedInput(token.place(), "expected " + wanted + ", found " + token.shown());
  }

  /** A number as C writes it; 64 bits, as an unsigned one where it is larger than 2^63 - 1. */
  private static Expression number(CppToken token) throws MalformedInput {
    String text = token.text();
    String digits = text.replaceFirst("[uUlL]{1,3}$", "");
    int radix = 10;
    if (digits.startsWith("0x") || digits.startsWith("0X")) {
      digits = digits.substring(2);
      radix = 16;
    } else if (digits.length() > 1 && digits.startsWith("0")) {
      digits = digits.substring(1);
      radix = 8;
    }
    if (digits.length() > 30) {
      throw new MalformedInput(token.place(), "the number has more than 64 bits");
    }
    try {
      BigInteger value = new BigInteger(digits, radix);
      if (value.bitLength() > 64 || value.signum() < 0) {
        throw new MalformedInput(token.place(), token.shown() + " has more than 64 bits");
      }
      return new Expression.Literal(value.longValue(), text, token.place());
    } catch (NumberFormatException e) {
      String kind = radix == 8 ? "an octal" : radix == 16 ? "a hexadecimal" : "a";
      throw new MalformedInput(token.place(), token.shown() + " is not " + kind + " number");
    }
  }

  private static Expression character(CppToken token) throws MalformedInput {
    String text = token.text();
    long value;
    if (text.length() == 1) {
      value = text.charAt(0);
    } else {
      value =
          switch (text) {
            case "\\n" -> '\n';
            case "\\t" -> '\t';
            case "\\r" -> '\r';
            case "\\0" -> 0;
            case "\\\\" -> '\\';
            case "\\'" -> '\'';
            case "\\\"" -> '"';
            default ->
                throw new MalformedInput(token.place(), token.shown() + " is not one character");
          };
    }
    return new Expression.Literal(value, "'" + text + "'", token.place());
  }
}
