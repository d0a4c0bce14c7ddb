// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.syntax;

import io.rxrpc.rxgen.cpp.CppToken;
import io.rxrpc.rxgen.cpp.CppToken.Kind;
import io.rxrpc.rxgen.cpp.Expression;
import io.rxrpc.rxgen.cpp.MalformedInput;
import io.rxrpc.rxgen.cpp.Tokens;
import io.rxrpc.rxgen.source.Place;
import io.rxrpc.rxgen.source.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the items of a description; after a broken one it goes on at the next. */
public final class Parser {
  private static final int MAX_ITEMS = 100_000;

  private final Tokens tokens;
  private final Reading reading;
  private final ProcedureReader procedures;
  private final Problems problems;
  private final List<Item> items = new ArrayList<>();

  private Parser(Tokens tokens, Map<Place, String> documentation, Problems problems) {
    this.tokens = tokens;
    this.reading = new Reading(tokens);
    this.procedures = new ProcedureReader(reading, documentation);
    this.problems = problems;
  }

  /**
   * All items that can be read.
   *
   * @param documentation comments by the place of what follows them
   */
  public static List<Item> parse(
      Tokens tokens, Map<Place, String> documentation, Problems problems) {
    Parser parser = new Parser(tokens, documentation, problems);
    parser.run();
    return parser.items;
  }

  private void run() {
    while (!tokens.isAtEnd() && !problems.isFull()) {
      if (tokens.take(";")) {
        continue; // one too many harms nobody
      }
      if (items.size() >= MAX_ITEMS) {
        problems.error(tokens.peek().place(), "more than " + MAX_ITEMS + " definitions");
        return;
      }
      CppToken begin = tokens.peek();
      int at = tokens.position();
      try {
        items.add(item(begin));
      } catch (MalformedInput e) {
        problems.error(e.place(), e.message());
        recover(begin, at);
      }
    }
  }

  private Item item(CppToken begin) throws MalformedInput {
    if (begin.kind() != Kind.NAME) {
      if (begin.is("(")) {
        return procedures.read();
      }
      throw reading.unexpected("a definition");
    }
    return switch (begin.text()) {
      case "const", "enum", "struct", "customized", "union", "typedef", "special" -> {
        tokens.next();
        yield definition(begin.text());
      }
      case "package", "prefix", "statindex", "startingopcode", "splitprefix" -> {
        tokens.next();
        yield setting(begin);
      }
      default -> {
        boolean block = begin.isName("program") || begin.isName("version");
        if (block && tokens.peek(2).is("{")) {
          throw new MalformedInput(
              begin.place(),
              "a " + begin.text() + " block is rpcgen's; rxgen has 'package' and procedures");
        }
        yield procedures.read();
      }
    };
  }

  private Item definition(String word) throws MalformedInput {
    return switch (word) {
      case "const" -> constant();
      case "enum" -> enumeration();
      case "struct" -> structure(false);
      case "customized" -> {
        tokens.takeName("struct");
        yield structure(true);
      }
      case "union" -> union();
      case "special" -> special();
      default -> {
        Declaration declaration = reading.declaration("a typedef");
        reading.expect(";", "after the typedef of '" + declaration.name() + "'");
        yield new Item.Typedef(declaration);
      }
    };
  }

  private Item constant() throws MalformedInput {
    CppToken name = reading.name("the name of a constant");
    reading.expect("=", "after the name of constant '" + name.text() + "'");
    Expression value = reading.value();
    reading.expect(";", "after constant '" + name.text() + "'");
    return new Item.Const(name.text(), value, name.place());
  }

  private Item enumeration() throws MalformedInput {
    CppToken name = reading.name("the name of an enum");
    String what = "enum '" + name.text() + "'";
    reading.expect("{", "after the name of " + what);
    List<Item.Enumerator> values = new ArrayList<>();
    do {
      if (tokens.peek().is("}") && !values.isEmpty()) {
        break; // a comma behind the last one, as C has it
      }
      CppToken value = reading.name("a name of " + what);
      Expression number = tokens.take("=") ? reading.value() : null;
      values.add(new Item.Enumerator(value.text(), number, value.place()));
    } while (tokens.take(","));
    reading.expect("}", "or ',' in " + what);
    reading.expect(";", "after " + what);
    return new Item.Enumeration(name.text(), values, name.place());
  }

  private Item structure(boolean customized) throws MalformedInput {
    CppToken name = reading.name("the name of a struct");
    String what = "struct '" + name.text() + "'";
    reading.expect("{", "after the name of " + what);
    List<Declaration> fields = new ArrayList<>();
    while (!tokens.take("}")) {
      if (tokens.take(";")) {
        continue;
      }
      Declaration field = reading.declaration("a field of " + what);
      fields.add(field);
      reading.expect(";", "after field '" + field.name() + "'");
    }
    if (fields.isEmpty()) {
      throw new MalformedInput(name.place(), what + " has no fields");
    }
    if (customized) {
      tokens.take(";"); // its manual leaves it out
    } else {
      reading.expect(";", "after " + what);
    }
    return new Item.Struct(name.text(), fields, customized, name.place());
  }

  private Item union() throws MalformedInput {
    CppToken name = reading.name("the name of a union");
    String what = "union '" + name.text() + "'";
    if (!tokens.takeName("switch")) {
      throw reading.unexpected("'switch' after the name of " + what);
    }
    reading.expect("(", "after 'switch'");
    Declaration discriminator = reading.declaration("the discriminator of " + what);
    reading.expect(")", "after the discriminator of " + what);
    reading.expect("{", "before the arms of " + what);
    List<Item.Arm> arms = new ArrayList<>();
    while (!tokens.take("}")) {
      arms.add(arm(what));
    }
    reading.expect(";", "after " + what);
    return new Item.Union(name.text(), discriminator, arms, name.place());
  }

  private Item.Arm arm(String what) throws MalformedInput {
    CppToken begin = tokens.peek();
    List<Expression> labels = new ArrayList<>();
    while (tokens.takeName("case")) {
      labels.add(reading.value());
      reading.expect(":", "after the label of an arm");
    }
    if (labels.isEmpty()) {
      if (!tokens.takeName("default")) {
        throw reading.unexpected("'case', 'default' or '}' in " + what);
      }
      reading.expect(":", "after 'default'");
    }
    Declaration declaration = reading.declarationOrVoid("an arm of " + what);
    reading.expect(";", "after an arm of " + what);
    return new Item.Arm(labels, declaration, begin.place());
  }

  private Item special() throws MalformedInput {
    tokens.takeName("struct");
    CppToken name = reading.name("the name of a struct");
    List<String> fields = new ArrayList<>();
    do {
      fields.add(reading.name("a field of struct '" + name.text() + "'").text());
    } while (tokens.take(","));
    reading.expect(";", "after the special fields of '" + name.text() + "'");
    return new Item.Special(name.text(), fields, name.place());
  }

  private Item setting(CppToken word) throws MalformedInput {
    Item item =
        switch (word.text()) {
          case "package" -> {
            CppToken name = reading.name("the name of a package");
            yield new Item.PackageName(name.text(), name.place());
          }
          case "prefix" -> {
            CppToken name = reading.name("a prefix");
            yield new Item.Prefix(name.text(), name.place());
          }
          case "statindex" -> new Item.StatIndex(reading.value(), word.place());
          case "startingopcode" -> new Item.StartingOpcode(reading.value(), word.place());
          default -> splitPrefix(word);
        };
    tokens.take(";"); // C's rxgen wants none here
    return item;
  }

  private Item splitPrefix(CppToken word) throws MalformedInput {
    String start = null;
    String end = null;
    while (tokens.peek().isName("IN") || tokens.peek().isName("OUT")) {
      boolean in = tokens.next().isName("IN");
      reading.expect("=", "after " + (in ? "'IN'" : "'OUT'"));
      String prefix = prefixText();
      if (in) {
        start = prefix;
      } else {
        end = prefix;
      }
    }
    if (start == null && end == null) {
      throw reading.unexpected("'IN=' or 'OUT=' after 'splitprefix'");
    }
    reading.expect(";", "after 'splitprefix'");
    return new Item.SplitPrefix(start, end, word.place());
  }

  private @Nullable String prefixText() throws MalformedInput {
    return tokens.peek().kind() == Kind.STRING
        ? tokens.next().text()
        : reading.name("a prefix").text();
  }

  /** Passes over the rest of a broken item: to its last semicolon, or before the next item. */
  private void recover(CppToken begin, int from) {
    int depth = 0;
    boolean moved = tokens.position() != from;
    while (!tokens.isAtEnd()) {
      CppToken token = tokens.peek();
      boolean atItem =
          token.startsLine()
              && token.kind() == Kind.NAME
              && token.place().column() <= begin.place().column()
              && Words.OF_ITEMS.contains(token.text());
      if (atItem && moved) {
        return;
      }
      moved = true;
      tokens.next();
      if (token.is("{")) {
        depth++;
      } else if (token.is("}")) {
        depth--;
      } else if (token.is(";") && depth <= 0 && !tokens.peek().is("}")) {
        return;
      }
    }
  }
}
