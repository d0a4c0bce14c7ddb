// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.syntax;

import io.rxrpc.rxgen.cpp.CppToken;
import io.rxrpc.rxgen.cpp.CppToken.Kind;
import io.rxrpc.rxgen.cpp.Expression;
import io.rxrpc.rxgen.cpp.ExpressionReader;
import io.rxrpc.rxgen.cpp.MalformedInput;
import io.rxrpc.rxgen.cpp.Tokens;
import io.rxrpc.rxgen.source.Place;
import org.jspecify.annotations.Nullable;

/** Names, types and declarations: what all items are made of. */
final class Reading {
  private final Tokens tokens;

  Reading(Tokens tokens) {
    this.tokens = tokens;
  }

  Tokens tokens() {
    return tokens;
  }

  /** A name that is none of the language's words. */
  CppToken name(String what) throws MalformedInput {
    CppToken token = tokens.peek();
    if (token.kind() != Kind.NAME) {
      throw unexpected(what);
    }
    if (Words.isReserved(token.text())) {
      throw new MalformedInput(
          token.place(),
          "expected " + what + ", found " + token.shown() + ", a word of the language");
    }
    return tokens.next();
  }

  void expect(String mark, String where) throws MalformedInput {
    if (!tokens.take(mark)) {
      throw unexpected("'" + mark + "' " + where);
    }
  }

  MalformedInput unexpected(String wanted) {
    CppToken token = tokens.peek();
    return new MalformedInput(token.place(), "expected " + wanted + ", found " + token.shown());
  }

  Expression value() throws MalformedInput {
    return ExpressionReader.read(tokens);
  }

  /** A declaration; null for a void without a name, which only arms of unions may be. */
  @Nullable Declaration declarationOrVoid(String what) throws MalformedInput {
    if (tokens.peek().isName("void")) {
      CppToken after = tokens.peek(1);
      if (after.is(";")) {
        tokens.next();
        return null;
      }
    }
    return declaration(what);
  }

  Declaration declaration(String what) throws MalformedInput {
    CppToken first = tokens.peek();
    if (first.isName("void")) {
      throw new MalformedInput(first.place(), "void stands only in unions, without a name");
    }
    String type = type(what);
    boolean pointer = tokens.take("*");
    if (tokens.peek().is("*")) {
      throw new MalformedInput(
          tokens.peek().place(), "a pointer to a pointer needs a typedef of the inner one");
    }
    CppToken name = name("the name of " + what);
    Declaration.Shape shape = Declaration.Shape.SINGLE;
    Expression bound = null;
    if (tokens.take("[")) {
      shape = Declaration.Shape.FIXED;
      bound = value();
      expect("]", "after the size of '" + name.text() + "'");
    } else if (tokens.take("<")) {
      shape = Declaration.Shape.VARIABLE;
      bound = tokens.peek().is(">") ? null : ExpressionReader.readBound(tokens);
      expect(">", "after the bound of '" + name.text() + "'");
    }
    if (tokens.peek().is("[") || tokens.peek().is("<")) {
      throw new MalformedInput(
          tokens.peek().place(), "an array of arrays needs a typedef of the inner one");
    }
    return new Declaration(
        type, first.place(), first.macro(), pointer, name.text(), name.place(), shape, bound);
  }

  /** A type alone, as the declaration of {@code name}. */
  Declaration typedef(String name, Place place) throws MalformedInput {
    String type = type("'" + name + "'");
    boolean pointer = tokens.take("*");
    return new Declaration(type, place, null, pointer, name, place, Declaration.Shape.SINGLE, null);
  }

  private String type(String what) throws MalformedInput {
    CppToken token = tokens.peek();
    if (token.kind() != Kind.NAME) {
      throw unexpected("the type of " + what);
    }
    return switch (token.text()) {
      case "unsigned" -> {
        tokens.next();
        yield "unsigned " + whole("int");
      }
      case "signed" -> {
        tokens.next();
        yield whole("int");
      }
      case "short", "long" -> whole(token.text());
      case "struct", "union", "enum" -> {
        tokens.next();
        yield name("the name of a " + token.text()).text();
      }
      case "string", "opaque" -> tokens.next().text();
      default -> name("the type of " + what).text();
    };
  }

  /** What may follow {@code unsigned}; {@code short} and {@code long} may have an int behind. */
  private String whole(String otherwise) {
    CppToken token = tokens.peek();
    return switch (token.text()) {
      case "int", "char", "hyper", "afs_int32", "int32", "afs_int64", "int64" ->
          tokens.next().text();
      case "short", "long" -> {
        tokens.next();
        // A field may be called int after a typedef; a type is meant where a name follows.
        CppToken after = tokens.peek(1);
        if (tokens.peek().isName("int") && (after.kind() == Kind.NAME || after.is("*"))) {
          tokens.next();
        }
        yield token.text();
      }
      default -> otherwise;
    };
  }
}
