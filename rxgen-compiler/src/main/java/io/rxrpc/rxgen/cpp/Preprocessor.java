// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.cpp;

import io.rxrpc.rxgen.cpp.CppToken.Kind;
import io.rxrpc.rxgen.source.Place;
import io.rxrpc.rxgen.source.Problems;
import io.rxrpc.rxgen.source.Source;
import io.rxrpc.rxgen.source.SourceFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run over a file and what it includes. */
public final class Preprocessor {
  private static final int MAX_DEPTH = 50;
  private static final int MAX_INCLUDES = 1000;
  private static final int MAX_TOKENS = 4_000_000;

  private final SourceFiles files;
  private final Problems problems;
  private final boolean lenient;
  private final Map<String, Macro> macros = new LinkedHashMap<>();
  private final List<CppToken> out = new ArrayList<>();
  private final List<CppToken> passed = new ArrayList<>();
  private final Map<Place, String> documentation = new HashMap<>();
  private final Expansion expansion;

  /** Tokens since the last directive: the brackets of a macro may close some lines later. */
  private List<CppToken> text = new ArrayList<>();

  private int includes;
  private int read;
  private boolean stopped;

  private Preprocessor(SourceFiles files, Problems problems, boolean lenient) {
    this.files = files;
    this.problems = problems;
    this.lenient = lenient;
    this.expansion = new Expansion(macros, problems);
  }

  /** Runs over {@code source}; {@code defined} are the macros of the command line. */
  public static Preprocessed run(
      Source source, SourceFiles files, Map<String, String> defined, Problems problems) {
    return run(source, files, defined, problems, false);
  }

  /** The same over a C header: what it includes and cannot be found does not matter. */
  public static Preprocessed runHeader(
      Source source, SourceFiles files, Map<String, String> defined, Problems problems) {
    return run(source, files, defined, problems, true);
  }

  private static Preprocessed run(
      Source source,
      SourceFiles files,
      Map<String, String> defined,
      Problems problems,
      boolean lenient) {
    Preprocessor run = new Preprocessor(files, problems, lenient);
    defined.forEach(run::define);
    Scanner scanner = new Scanner(source, run.documentation);
    Place end = run.file(scanner, 0);
    return new Preprocessed(run.out, run.macros, run.passed, run.documentation, end);
  }

  private void define(String name, String value) {
    List<CppToken> body = new ArrayList<>();
    Scanner scanner = new Scanner(new Source("", " " + value));
    for (CppToken t = scanner.next(); t.kind() != Kind.END; t = scanner.next()) {
      body.add(t.at(Place.NOWHERE, null));
    }
    macros.put(name, new Macro(name, null, false, body, Place.NOWHERE));
  }

  private Place file(Scanner scanner, int depth) {
    Conditions conditions = new Conditions(problems);
    while (true) {
      CppToken token = scanner.next();
      if (token.kind() == Kind.END || isFull()) {
        conditions.atEnd();
        flush();
        return token.place();
      }
      if (token.is("#") && token.startsLine()) {
        directive(scanner, conditions, depth);
      } else if (conditions.areActive()) {
        read++;
        switch (token.kind()) {
          case LINE_END -> {}
          case PASSED -> passed.add(token);
          case NAME, NUMBER, STRING, CHARACTER, MARK, UNCLOSED, END -> text.add(token);
        }
      }
    }
  }

  private boolean isFull() {
    if (read > MAX_TOKENS) {
      problems.error(Place.NOWHERE, "more than " + MAX_TOKENS + " tokens in all files together");
      stopped = true;
    }
    return stopped || expansion.isExhausted() || problems.isFull();
  }

  private void flush() {
    if (!text.isEmpty()) {
      out.addAll(expansion.expand(text));
      text = new ArrayList<>();
    }
  }

  private void directive(Scanner scanner, Conditions conditions, int depth) {
    CppToken name = scanner.next();
    if (name.kind() == Kind.LINE_END || name.kind() == Kind.END) {
      return;
    }
    boolean active = conditions.areActive();
    switch (name.text()) {
      case "if" -> conditions.open(name, () -> condition(name, line(scanner)));
      case "ifdef" -> conditions.open(name, () -> isDefined(name, line(scanner)));
      case "ifndef" -> conditions.open(name, () -> !isDefined(name, line(scanner)));
      case "elif" -> conditions.orElse(name, () -> condition(name, line(scanner)));
      case "elifdef" -> conditions.orElse(name, () -> isDefined(name, line(scanner)));
      case "elifndef" -> conditions.orElse(name, () -> !isDefined(name, line(scanner)));
      case "else" -> conditions.orElse(name);
      case "endif" -> conditions.close(name);
      default -> {
        if (active) {
          flush();
          other(name, scanner, depth);
        }
      }
    }
    if (!scanner.isLineEnded()) {
      scanner.skipLine();
    }
  }

  private void other(CppToken name, Scanner scanner, int depth) {
    switch (name.text()) {
      case "define" -> new Define(macros, problems).read(name, scanner);
      case "undef" -> {
        List<CppToken> line = line(scanner);
        if (line.isEmpty() || line.getFirst().kind() != Kind.NAME) {
          problems.error(name.place(), "#undef wants the name of a macro");
        } else {
          macros.remove(line.getFirst().text());
        }
      }
      case "include" -> include(name, scanner, depth);
      case "error" -> problems.error(name.place(), "#error: " + join(line(scanner)));
      case "warning" -> problems.warning(name.place(), "#warning: " + join(line(scanner)));
      case "pragma", "line", "ident", "sccs", "import", "assert", "unassert" -> {}
      default -> {
        if (name.kind() != Kind.NUMBER) { // a line mark of a preprocessor that ran before
          problems.error(name.place(), "no directive is called " + name.shown());
        }
      }
    }
  }

  private static String join(List<CppToken> line) {
    StringBuilder text = new StringBuilder();
    for (CppToken token : line) {
      text.append(text.isEmpty() ? "" : " ").append(token.text());
    }
    return text.length() > 200 ? text.substring(0, 200) + "..." : text.toString();
  }

  /** The rest of the line; its end is consumed. */
  private static List<CppToken> line(Scanner scanner) {
    List<CppToken> line = new ArrayList<>();
    while (!scanner.isLineEnded()) {
      CppToken token = scanner.next();
      if (token.kind() == Kind.LINE_END || token.kind() == Kind.END) {
        break;
      }
      line.add(token);
    }
    return line;
  }

  private boolean isDefined(CppToken directive, List<CppToken> line) {
    if (line.isEmpty() || line.getFirst().kind() != Kind.NAME) {
      problems.error(directive.place(), "#" + directive.text() + " wants the name of a macro");
      return false;
    }
    return macros.containsKey(line.getFirst().text());
  }

  private boolean condition(CppToken directive, List<CppToken> line) {
    List<CppToken> replaced = new ArrayList<>();
    for (int i = 0; i < line.size(); i++) {
      CppToken token = line.get(i);
      if (!token.isName("defined")) {
        replaced.add(token);
        continue;
      }
      boolean bracket = i + 1 < line.size() && line.get(i + 1).is("(");
      int at = bracket ? i + 2 : i + 1;
      if (at >= line.size() || line.get(at).kind() != Kind.NAME) {
        problems.error(token.place(), "defined wants the name of a macro");
        return false;
      }
      String value = macros.containsKey(line.get(at).text()) ? "1" : "0";
      replaced.add(CppToken.of(Kind.NUMBER, value, token.place(), false));
      i = bracket && at + 1 < line.size() && line.get(at + 1).is(")") ? at + 1 : at;
    }
    Tokens tokens = new Tokens(expansion.expand(replaced), directive.place());
    try {
      Expression expression = ExpressionReader.read(tokens);
      if (!tokens.isAtEnd()) {
        throw new MalformedInput(
            tokens.peek().place(), "expected an operator, found " + tokens.peek().shown());
      }
      // A name that is no macro is 0, as C has it.
      return new Evaluator(name -> 0).value(expression) != 0;
    } catch (MalformedInput e) {
      problems.error(e.place(), "#" + directive.text() + ": " + e.message());
      return false;
    }
  }

  private void include(CppToken directive, Scanner scanner, int depth) {
    String name = headerName(scanner);
    if (name == null) {
      if (!lenient) {
        problems.error(directive.place(), "#include wants \"FILE\" or <FILE>");
      }
      return;
    }
    boolean quoted = name.startsWith("\"");
    String file = name.substring(1, name.length() - 1);
    if (depth >= MAX_DEPTH || ++includes > MAX_INCLUDES) {
      String bound =
          depth >= MAX_DEPTH
              ? "files include each other deeper than " + MAX_DEPTH + " levels"
              : "more than " + MAX_INCLUDES + " files are included";
      problems.error(directive.place(), bound + ": does " + name + " include itself?");
      stopped = true; // a cycle ends here, not once for each level
      return;
    }
    Source found = find(directive, file, scanner.source(), quoted);
    if (found != null) {
      file(new Scanner(found, documentation), depth + 1);
    }
  }

  private @Nullable Source find(CppToken directive, String file, Source from, boolean quoted) {
    try {
      Source found = files.find(file, from, quoted);
      if (found == null && !lenient) {
        problems.error(
            directive.place(),
            "cannot find '"
                + file
                + "' (looked in: "
                + files.searched(quoted, from)
                + "); name its folder with -I");
      }
      return found;
    } catch (IOException e) {
      if (!lenient) {
        problems.error(directive.place(), "cannot read '" + file + "': " + e.getMessage());
      }
      return null;
    }
  }

  /** With its quotes or brackets; macros may spell it. */
  private @Nullable String headerName(Scanner scanner) {
    String name = scanner.headerName();
    if (!name.isEmpty()) {
      return name.length() > 2 ? name : null;
    }
    List<CppToken> expanded = expansion.expand(line(scanner));
    if (expanded.size() == 1 && expanded.getFirst().kind() == Kind.STRING) {
      return '"' + expanded.getFirst().text() + '"';
    }
    if (expanded.size() > 2 && expanded.getFirst().is("<") && expanded.getLast().is(">")) {
      StringBuilder spelt = new StringBuilder();
      expanded.forEach(token -> spelt.append(token.text()));
      return spelt.toString();
    }
    return null;
  }
}
