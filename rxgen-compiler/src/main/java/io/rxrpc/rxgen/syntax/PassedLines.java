// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.syntax;

import io.rxrpc.rxgen.cpp.CppToken;
import io.rxrpc.rxgen.cpp.Expression;
import io.rxrpc.rxgen.cpp.ExpressionReader;
import io.rxrpc.rxgen.cpp.Macro;
import io.rxrpc.rxgen.cpp.MalformedInput;
import io.rxrpc.rxgen.cpp.Preprocessed;
import io.rxrpc.rxgen.cpp.Preprocessor;
import io.rxrpc.rxgen.cpp.Tokens;
import io.rxrpc.rxgen.source.Problems;
import io.rxrpc.rxgen.source.Source;
import io.rxrpc.rxgen.source.SourceFiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code %} lines define for the C that is generated: constants and types that the description
 * uses without defining them. They count only where nothing else defines the name; the headers that
 * they include are looked at only then, and only if they can be found.
 */
public final class PassedLines {
  private final SourceFiles files;
  private final Source main;
  private final Map<String, String> defined;
  private final StringBuilder text = new StringBuilder();
  private @Nullable Preprocessed c;
  private final Map<String, Item> items = new HashMap<>();

  /** Of these lines, all from {@code main} or what it includes. */
  public PassedLines(
      List<CppToken> lines, Source main, SourceFiles files, Map<String, String> defined) {
    this.files = files;
    this.main = main;
    this.defined = defined;
    lines.forEach(line -> text.append(line.text()).append('\n'));
  }

  /** The constant of that name; null where none is known. */
  public @Nullable Expression constant(String name) {
    Macro macro = read().macros().get(name);
    if (macro == null || macro.parameters() != null || macro.body().isEmpty()) {
      return null;
    }
    Tokens tokens = new Tokens(macro.body(), macro.place());
    try {
      Expression value = ExpressionReader.read(tokens);
      return tokens.isAtEnd() ? value : null;
    } catch (MalformedInput e) {
      return null; // C of another kind: it says nothing about the name
    }
  }

  /** The type of that name; null where none is known. */
  public @Nullable Item type(String name) {
    Preprocessed known = read();
    Item item = items.get(name);
    if (item != null) {
      return item;
    }
    Macro macro = known.macros().get(name);
    if (macro == null || macro.parameters() != null || macro.body().isEmpty()) {
      return null;
    }
    Tokens tokens = new Tokens(macro.body(), macro.place());
    try {
      Declaration declaration = new Reading(tokens).typedef(name, macro.place());
      return tokens.isAtEnd() ? new Item.Typedef(declaration) : null;
    } catch (MalformedInput e) {
      return null; // C of another kind: it says nothing about the name
    }
  }

  private Preprocessed read() {
    Preprocessed known = c;
    if (known == null) {
      // What is wrong in lines that are C, not ours, is of no interest.
      Problems ignored = new Problems();
      Source lines = new Source(main.name(), text.toString());
      known = Preprocessor.runHeader(lines, files, defined, ignored);
      for (Item item : Parser.parse(new Tokens(known.tokens(), known.end()), Map.of(), ignored)) {
        switch (item) {
          case Item.Typedef typedef -> items.put(typedef.declaration().name(), typedef);
          case Item.Struct struct -> items.put(struct.name(), struct);
          case Item.Enumeration enumeration -> items.put(enumeration.name(), enumeration);
          case Item.Const _,
              Item.Union _,
              Item.Special _,
              Item.PackageName _,
              Item.Prefix _,
              Item.StatIndex _,
              Item.StartingOpcode _,
              Item.SplitPrefix _,
              Item.Procedure _ -> {}
        }
      }
      c = known;
    }
    return known;
  }
}
