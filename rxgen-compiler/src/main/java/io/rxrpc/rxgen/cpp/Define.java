// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.cpp;

import io.rxrpc.rxgen.cpp.CppToken.Kind;
import io.rxrpc.rxgen.source.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code #define}. */
final class Define {
  private static final int MAX_MACROS = 100_000;

  private final Map<String, Macro> macros;
  private final Problems problems;

  Define(Map<String, Macro> macros, Problems problems) {
    this.macros = macros;
    this.problems = problems;
  }

  /** Reads what follows {@code directive}, to the end of the line. */
  void read(CppToken directive, Scanner scanner) {
    if (scanner.isLineEnded()) {
      problems.error(directive.place(), "#define wants a name");
      return;
    }
    CppToken name = scanner.next();
    if (name.kind() != Kind.NAME || name.text().equals("defined")) {
      problems.error(name.place(), "#define wants a name, not " + name.shown());
      return;
    }
    // Brackets are a macro's only where they follow without a blank.
    boolean brackets = scanner.isNext('(');
    List<CppToken> line = new ArrayList<>();
    while (!scanner.isLineEnded()) {
      CppToken token = scanner.next();
      if (token.kind() == Kind.LINE_END || token.kind() == Kind.END) {
        break;
      }
      line.add(token);
    }
    Macro macro = brackets ? withParameters(name, line) : plain(name, line);
    if (macro != null) {
      put(macro);
    }
  }

  private static Macro plain(CppToken name, List<CppToken> body) {
    return new Macro(name.text(), null, false, body, name.place());
  }

  private @Nullable Macro withParameters(CppToken name, List<CppToken> line) {
    List<String> parameters = new ArrayList<>();
    boolean variadic = false;
    int i = 1;
    while (i < line.size() && !line.get(i).is(")")) {
      CppToken token = line.get(i);
      if (token.is("...")) {
        variadic = true;
        parameters.add("__VA_ARGS__");
      } else if (token.kind() == Kind.NAME) {
        parameters.add(token.text());
      } else if (!token.is(",")) {
        problems.error(
            token.place(),
            "expected a parameter of macro '" + name.text() + "', found " + token.shown());
        return null;
      }
      i++;
    }
    if (i >= line.size()) {
      problems.error(name.place(), "nothing closes the bracket of macro '" + name.text() + "'");
      return null;
    }
    List<CppToken> body = line.subList(i + 1, line.size());
    return new Macro(name.text(), parameters, variadic, List.copyOf(body), name.place());
  }

  private void put(Macro macro) {
    Macro before = macros.remove(macro.name());
    if (before != null && !before.sameAs(macro)) {
      problems.warning(
          macro.place(),
          "macro '"
              + macro.name()
              + "' is defined again; first on "
              + before.place().seenFrom(macro.place()));
    }
    if (macros.size() >= MAX_MACROS) {
      problems.error(macro.place(), "more than " + MAX_MACROS + " macros");
    } else {
      macros.put(macro.name(), macro);
    }
  }
}
