// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.model;

import io.rxrpc.rxgen.cpp.Evaluator;
import io.rxrpc.rxgen.cpp.Expression;
import io.rxrpc.rxgen.cpp.ExpressionReader;
import io.rxrpc.rxgen.cpp.Macro;
import io.rxrpc.rxgen.cpp.MalformedInput;
import io.rxrpc.rxgen.cpp.Tokens;
import io.rxrpc.rxgen.source.Place;
import io.rxrpc.rxgen.source.Problems;
import io.rxrpc.rxgen.syntax.Item;
import io.rxrpc.rxgen.syntax.PassedLines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The constants of a description, and what expressions of them come to. */
final class Constants {
  private static final int MAX_DEPTH = 100;

  private final Map<String, Macro> macros;
  private final PassedLines passed;
  private final Problems problems;
  private final Map<String, Expression> expressions = new HashMap<>();
  private final Map<String, Long> known = new HashMap<>();
  private final Map<String, Place> places = new HashMap<>();
  private final Evaluator evaluator = new Evaluator(this::byName);
  private int depth;

  Constants(Map<String, Macro> macros, PassedLines passed, Problems problems) {
    this.macros = macros;
    this.passed = passed;
    this.problems = problems;
  }

  /** Takes note of a constant; its value may use constants that are defined later. */
  void define(String name, Expression value, Place place) {
    if (isNew(name, place)) {
      expressions.put(name, value);
    }
  }

  private void define(String name, long value, Place place) {
    if (isNew(name, place)) {
      known.put(name, value);
    }
  }

  private boolean isNew(String name, Place place) {
    Place first = places.putIfAbsent(name, place);
    if (first != null && !first.equals(place)) {
      problems.error(place, "constant '" + name + "' again; first on " + first.seenFrom(place));
      return false;
    }
    return first == null;
  }

  /** A missing constant: whoever needs it cannot be used. */
  static final class Missing extends Exception {
    private static final long serialVersionUID = 1;

    Missing(MalformedInput cause) {
      super(cause.message(), cause, false, false);
    }
  }

  /** The value, or an error; null for what is wrong and was said. */
  @Nullable Long value(Expression expression) {
    try {
      return evaluator.value(expression);
    } catch (MalformedInput e) {
      problems.error(e.place(), e.message());
      return null;
    }
  }

  /**
   * A size or bound, 0 where it is wrong and that was said.
   *
   * @throws Missing if it needs a constant that is defined nowhere
   */
  Bound bound(Expression expression, String what) throws Missing {
    long value;
    try {
      value = evaluator.value(expression);
    } catch (MalformedInput e) {
      if (e instanceof Undefined) {
        throw new Missing(e);
      }
      problems.error(e.place(), e.message());
      return new Bound(0, null);
    }
    if (value < 0 || value > Bound.MOST) {
      problems.error(
          expression.place(), what + " is " + value + ", not between 0 and " + Bound.MOST);
      return new Bound(0, null);
    }
    return new Bound(value, name(expression));
  }

  /** The one name that the expression is; null where it is more. */
  static @Nullable String name(Expression expression) {
    return switch (expression) {
      case Expression.Name name -> name.name();
      case Expression.Spelt spelt -> spelt.macro();
      case Expression.Literal _,
          Expression.Text _,
          Expression.Unary _,
          Expression.Binary _,
          Expression.Choice _ ->
          null;
    };
  }

  private static final class Undefined extends MalformedInput {
    private static final long serialVersionUID = 1;

    Undefined(Expression.Name name) {
      super(
          name.place(),
          "no constant '"
              + name.name()
              + "' is defined: say -D "
              + name.name()
              + "=NUMBER, or name the folder of the header that defines it with -I");
    }
  }

  private long byName(Expression.Name name) throws MalformedInput {
    Long value = known.get(name.name());
    if (value != null) {
      return value;
    }
    Expression expression = expression(name.name());
    if (expression == null) {
      throw new Undefined(name);
    }
    if (depth >= MAX_DEPTH) {
      known.put(name.name(), 0L); // so that it is said once
      throw new MalformedInput(name.place(), "constant '" + name.name() + "' is defined by itself");
    }
    depth++;
    try {
      long result = evaluator.value(expression);
      known.put(name.name(), result);
      return result;
    } finally {
      depth--;
    }
  }

  private @Nullable Expression expression(String name) {
    Expression expression = expressions.get(name);
    if (expression != null) {
      return expression;
    }
    Macro macro = macros.get(name);
    if (macro != null) {
      return expression(macro);
    }
    return passed.constant(name);
  }

  private static @Nullable Expression expression(Macro macro) {
    if (macro.parameters() != null || macro.body().isEmpty()) {
      return null;
    }
    Tokens tokens = new Tokens(macro.body(), macro.place());
    try {
      Expression expression = ExpressionReader.read(tokens);
      return tokens.isAtEnd() ? expression : null;
    } catch (MalformedInput e) {
      return null; // a macro of another kind
    }
  }

  /** The names of an enum with their values; they are constants too. */
  Map<String, Integer> enumeration(Item.Enumeration item) {
    Map<String, Integer> values = new LinkedHashMap<>();
    long next = 0;
    for (Item.Enumerator enumerator : item.values()) {
      Expression given = enumerator.value();
      Long value = given == null ? Long.valueOf(next) : value(given);
      if (value == null) {
        continue;
      }
      if (value < Integer.MIN_VALUE || value > Bound.MOST) {
        problems.error(
            enumerator.place(),
            "the value of '" + enumerator.name() + "' is " + value + ", more than 32 bits");
        continue;
      }
      next = value + 1;
      define(enumerator.name(), value, enumerator.place());
      values.put(enumerator.name(), value.intValue());
    }
    return values;
  }

  /** The constants themselves, and the macros of the files that stand for one. */
  List<Constant> all(List<Item> items) {
    List<Constant> all = new ArrayList<>();
    for (Macro macro : macros.values()) {
      Expression expression = expression(macro);
      if (expression != null && macro.place().line() > 0 && isConstant(expression)) {
        add(macro.name(), expression, macro.place(), all);
      }
    }
    for (Item item : items) {
      if (item instanceof Item.Const constant
          && constant.place().equals(places.get(constant.name()))) {
        add(constant.name(), constant.value(), constant.place(), all);
      }
    }
    return all;
  }

  /** A macro may stand for other things, such as a type. */
  private boolean isConstant(Expression expression) {
    try {
      return expression instanceof Expression.Text || evaluator.value(expression) != Long.MIN_VALUE;
    } catch (MalformedInput e) {
      return false;
    }
  }

  private void add(String name, Expression expression, Place place, List<Constant> all) {
    try {
      all.add(constant(name, expression, place));
    } catch (Undefined e) {
      // For C a constant is a macro, which nobody need use.
      problems.warning(place, "constant '" + name + "' is left out: " + e.message());
    } catch (MalformedInput e) {
      problems.error(e.place(), e.message());
    }
  }

  private Constant constant(String name, Expression expression, Place place) throws MalformedInput {
    Expression value = expression;
    while (value instanceof Expression.Spelt spelt) {
      value = spelt.value();
    }
    if (value instanceof Expression.Text text) {
      return new Constant(name, 0, text.text(), "", place);
    }
    String written = value instanceof Expression.Literal number ? number.text() : "";
    return new Constant(name, evaluator.value(value), null, written, place);
  }
}
