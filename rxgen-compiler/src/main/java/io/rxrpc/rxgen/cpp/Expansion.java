// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.cpp;

import io.rxrpc.rxgen.cpp.CppToken.Kind;
import io.rxrpc.rxgen.source.Place;
import io.rxrpc.rxgen.source.Problems;
import io.rxrpc.rxgen.source.Source;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts what macros stand for in their place. A macro is not expanded inside its own expansion. What
 * comes out stands, for messages, where the outermost macro's name stands.
 */
final class Expansion {
  /** As many tokens may come out of one run: some hundred times the largest description. */
  static final int MAX_TOKENS = 1_000_000;

  private static final int MAX_DEPTH = 100;

  private final Map<String, Macro> macros;
  private final Problems problems;
  private int steps;
  private boolean exhausted;

  Expansion(Map<String, Macro> macros, Problems problems) {
    this.macros = macros;
    this.problems = problems;
  }

  /** Whether the bound was reached; nothing more comes out then. */
  boolean isExhausted() {
    return exhausted;
  }

  List<CppToken> expand(List<CppToken> tokens) {
    List<CppToken> out = new ArrayList<>();
    expand(tokens, null, Set.of(), out, 0);
    return out;
  }

  private void expand(
      List<CppToken> tokens,
      @Nullable Place place,
      Set<String> hidden,
      List<CppToken> out,
      int depth) {
    for (int i = 0; i < tokens.size() && !exhausted; i++) {
      CppToken token = tokens.get(i);
      if (!step(token)) {
        return;
      }
      Macro macro =
          token.kind() == Kind.NAME && !hidden.contains(token.text())
              ? macros.get(token.text())
              : null;
      Place where = place == null ? token.place() : place;
      if (macro == null) {
        out.add(place == null ? token : token.at(where, token.macro()));
        continue;
      }
      if (depth > MAX_DEPTH) {
        problems.error(where, "macros nested deeper than " + MAX_DEPTH + " levels");
        exhausted = true;
        return;
      }
      List<CppToken> body;
      if (macro.parameters() == null) {
        body = macro.body();
      } else {
        if (i + 1 >= tokens.size() || !tokens.get(i + 1).is("(")) {
          out.add(place == null ? token : token.at(where, null));
          continue;
        }
        Arguments arguments = arguments(tokens, i + 1);
        if (arguments == null) {
          problems.error(where, "nothing closes the bracket of macro '" + macro.name() + "'");
          exhausted = true;
          return;
        }
        i = arguments.last;
        body = substitute(macro, arguments.list, where, hidden, depth);
        if (body == null) {
          continue;
        }
      }
      Set<String> inner = new HashSet<>(hidden);
      inner.add(macro.name());
      int before = out.size();
      expand(body, where, inner, out, depth + 1);
      restart(token, macro, out, before);
    }
  }

  /** The first token of an expansion begins a line if the name did; a single one bears the name. */
  private static void restart(CppToken token, Macro macro, List<CppToken> out, int before) {
    if (out.size() > before) {
      CppToken first = out.get(before);
      boolean whole = out.size() == before + 1 && macro.parameters() == null;
      out.set(
          before,
          new CppToken(
              first.kind(),
              first.text(),
              first.place(),
              token.startsLine(),
              whole ? macro.name() : null));
    }
  }

  /** Counts what is looked at, as macros of nothing but empty macros produce none and take long. */
  private boolean step(CppToken token) {
    if (++steps > MAX_TOKENS && !exhausted) {
      problems.error(token.place(), "more than " + MAX_TOKENS + " tokens come out of the macros");
      exhausted = true;
    }
    return !exhausted;
  }

  /** What stands in the brackets, cut at commas. */
  private static final class Arguments {
    final List<List<CppToken>> list = new ArrayList<>();
    int last;
  }

  private static @Nullable Arguments arguments(List<CppToken> tokens, int open) {
    Arguments arguments = new Arguments();
    List<CppToken> one = new ArrayList<>();
    Deque<String> closing = new ArrayDeque<>();
    for (int i = open + 1; i < tokens.size(); i++) {
      CppToken token = tokens.get(i);
      if (closing.isEmpty() && token.is(")")) {
        arguments.list.add(one);
        arguments.last = i;
        return arguments;
      }
      if (closing.isEmpty() && token.is(",")) {
        arguments.list.add(one);
        one = new ArrayList<>();
        continue;
      }
      if (token.is("(")) {
        closing.push(")");
      } else if (token.is(")")) {
        closing.pop();
      }
      one.add(token);
    }
    return null;
  }

  private @Nullable List<CppToken> substitute(
      Macro macro, List<List<CppToken>> given, Place where, Set<String> hidden, int depth) {
    List<String> parameters = macro.parameters() == null ? List.of() : macro.parameters();
    List<List<CppToken>> arguments = fit(given, parameters.size(), macro.variadic());
    if (arguments == null) {
      problems.error(
          where,
          "macro '"
              + macro.name()
              + "' takes "
              + parameters.size()
              + " arguments, not "
              + given.size());
      return null;
    }
    List<CppToken> out = new ArrayList<>();
    List<CppToken> body = macro.body();
    for (int i = 0; i < body.size() && !exhausted; i++) {
      CppToken token = body.get(i);
      int index = parameters.indexOf(token.text());
      int before = out.size();
      boolean pasted =
          (i + 1 < body.size() && body.get(i + 1).is("##")) || (i > 0 && body.get(i - 1).is("##"));
      if (token.is("##") && i > 0 && i + 1 < body.size()) {
        continue; // both sides are there already, or will be: paste() joins them
      } else if (token.is("#") && i + 1 < body.size() && isParameter(body.get(i + 1), parameters)) {
        List<CppToken> argument = arguments.get(parameters.indexOf(body.get(i + 1).text()));
        out.add(CppToken.of(Kind.STRING, spell(argument), where, false));
        i++;
      } else if (token.kind() == Kind.NAME && index >= 0) {
        List<CppToken> argument = arguments.get(index);
        List<CppToken> expanded = new ArrayList<>();
        if (pasted) {
          expanded.addAll(argument);
        } else {
          expand(argument, null, hidden, expanded, depth + 1);
        }
        add(expanded, i > 0 && body.get(i - 1).is("##"), where, out);
      } else {
        add(List.of(token), i > 0 && body.get(i - 1).is("##"), where, out);
      }
      steps += Math.max(1, out.size() - before);
    }
    return out;
  }

  private static boolean isParameter(CppToken token, List<String> parameters) {
    return token.kind() == Kind.NAME && parameters.contains(token.text());
  }

  private static @Nullable List<List<CppToken>> fit(
      List<List<CppToken>> given, int wanted, boolean variadic) {
    if (given.size() == wanted) {
      return given;
    }
    if (wanted == 0 && given.size() == 1 && given.getFirst().isEmpty()) {
      return List.of();
    }
    if (variadic && given.size() == wanted - 1) {
      List<List<CppToken>> filled = new ArrayList<>(given);
      filled.add(List.of());
      return filled;
    }
    if (!variadic || given.size() < wanted) {
      return null;
    }
    List<List<CppToken>> fitted = new ArrayList<>(given.subList(0, wanted - 1));
    List<CppToken> rest = new ArrayList<>();
    for (int i = wanted - 1; i < given.size(); i++) {
      if (i >= wanted) {
        rest.add(CppToken.of(Kind.MARK, ",", Place.NOWHERE, false));
      }
      rest.addAll(given.get(i));
    }
    fitted.add(rest);
    return fitted;
  }

  /** Adds tokens; the first one is pasted to what came before where {@code ##} stands between. */
  private void add(List<CppToken> tokens, boolean paste, Place where, List<CppToken> out) {
    int from = 0;
    if (paste && !tokens.isEmpty() && !out.isEmpty()) {
      CppToken left = out.removeLast();
      String joined = left.text() + tokens.getFirst().text();
      List<CppToken> scanned = scan(joined);
      if (scanned.size() != 1) {
        problems.error(
            where, "## makes no token of " + CppToken.of(Kind.NAME, joined, where, false).shown());
      }
      scanned.forEach(token -> out.add(token.at(where, null)));
      from = 1;
    }
    out.addAll(tokens.subList(from, tokens.size()));
  }

  private static List<CppToken> scan(String text) {
    if (text.length() > 1000) {
      return List.of();
    }
    Scanner scanner = new Scanner(new Source("", " " + text));
    List<CppToken> tokens = new ArrayList<>();
    for (CppToken t = scanner.next(); t.kind() != Kind.END; t = scanner.next()) {
      tokens.add(t);
    }
    return tokens;
  }

  private static String spell(List<CppToken> tokens) {
    StringBuilder text = new StringBuilder();
    for (CppToken token : tokens) {
      text.append(text.isEmpty() ? "" : " ").append(token.text());
    }
    return text.toString();
  }
}
