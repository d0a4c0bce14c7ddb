// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.syntax;

import io.rxrpc.rxgen.cpp.CppToken;
import io.rxrpc.rxgen.cpp.CppToken.Kind;
import io.rxrpc.rxgen.cpp.Expression;
import io.rxrpc.rxgen.cpp.MalformedInput;
import io.rxrpc.rxgen.cpp.Tokens;
import io.rxrpc.rxgen.source.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads procedures. */
final class ProcedureReader {
  private final Reading reading;
  private final Tokens tokens;
  private final Map<Place, String> documentation;

  ProcedureReader(Reading reading, Map<Place, String> documentation) {
    this.reading = reading;
    this.documentation = documentation;
    this.tokens = reading.tokens();
  }

  Item read() throws MalformedInput {
    CppToken begin = tokens.peek();
    tokens.takeName("proc");
    CppToken name = tokens.peek().is("(") ? null : reading.name("a definition");
    CppToken server = null;
    if (name != null && !tokens.peek().is("(")) {
      if (tokens.peek().kind() != Kind.NAME) {
        throw new MalformedInput(name.place(), "expected a definition, found " + name.shown());
      }
      server = reading.name("'(' or the name of the server's procedure");
    }
    CppToken named = name == null ? begin : name;
    String what = name == null ? "the procedure" : "procedure '" + name.text() + "'";
    reading.expect("(", "after " + what);
    List<Item.Parameter> parameters = parameters(what);
    Item.Mode mode = Item.Mode.PLAIN;
    if (tokens.takeName("split")) {
      mode = Item.Mode.SPLIT;
    } else if (tokens.takeName("multi")) {
      mode = Item.Mode.MULTI;
    }
    CppToken both = tokens.peek();
    if (both.isName("split") || both.isName("multi")) {
      throw new MalformedInput(both.place(), what + " cannot be both split and multi");
    }
    Expression opcode = tokens.take("=") ? reading.value() : null;
    reading.expect(";", "after " + what);
    return new Item.Procedure(
        text(name),
        text(server),
        parameters,
        mode,
        opcode,
        documentation.get(begin.place()),
        named.place());
  }

  private static @Nullable String text(@Nullable CppToken token) {
    return token == null ? null : token.text();
  }

  private List<Item.Parameter> parameters(String what) throws MalformedInput {
    List<Item.Parameter> parameters = new ArrayList<>();
    if (tokens.take(")")) {
      return parameters;
    }
    if (tokens.peek().isName("void") && tokens.peek(1).is(")")) {
      tokens.next();
      tokens.next();
      return parameters;
    }
    do {
      parameters.add(new Item.Parameter(way(), reading.declaration("a parameter of " + what)));
    } while (tokens.take(","));
    reading.expect(")", "or ',' after parameter '" + last(parameters) + "'");
    return parameters;
  }

  private static String last(List<Item.Parameter> parameters) {
    return parameters.getLast().declaration().name();
  }

  private Item.@Nullable Way way() {
    for (Item.Way way : Item.Way.values()) {
      if (tokens.takeName(way.name())) {
        return way;
      }
    }
    return null;
  }
}
