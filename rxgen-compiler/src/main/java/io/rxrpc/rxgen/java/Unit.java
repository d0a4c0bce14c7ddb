// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.java;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The text of a source file while it is written. */
final class Unit {
  private static final int WIDTH = 100;

  private final String packageName;
  private final String source;
  private final Set<String> imports = new TreeSet<>();
  private final Set<String> staticImports = new TreeSet<>();
  private final StringBuilder body = new StringBuilder();
  private int indent;

  Unit(String packageName, String source) {
    this.packageName = packageName;
    this.source = source;
  }

  /** The simple name of a class, which is imported. */
  String use(String qualified) {
    imports.add(qualified);
    return qualified.substring(qualified.lastIndexOf('.') + 1);
  }

  /** The name of a constant of a class in the same package, which is imported. */
  String useConstant(String type, String constant) {
    staticImports.add(packageName + "." + type + "." + constant);
    return constant;
  }

  /** An empty line. */
  void line() {
    body.append('\n');
  }

  /** A line that opens a block. */
  void open(String text) {
    line(text + " {");
    indent += 2;
  }

  /** The end of a block. */
  void close() {
    indent -= 2;
    line("}");
  }

  /** The end of a block, with something behind it. */
  void close(String behind) {
    indent -= 2;
    line("}" + behind);
  }

  void in() {
    indent += 2;
  }

  void out() {
    indent -= 2;
  }

  /** A line, or several where it is too long: arguments go to lines of their own. */
  void line(String text) {
    if (indent + text.length() <= WIDTH) {
      raw(indent, text);
      return;
    }
    int open = broken(text);
    int close = open < 0 ? -1 : closing(text, open);
    if (close < 0 || close == open + 1) {
      raw(indent, text);
      return;
    }
    List<String> arguments = arguments(text.substring(open + 1, close));
    String tail = text.substring(close);
    raw(indent, text.substring(0, open + 1));
    indent += 4;
    String joined = String.join(", ", arguments) + tail;
    if (indent + joined.length() <= WIDTH) {
      raw(indent, joined);
    } else {
      for (int i = 0; i < arguments.size(); i++) {
        line(arguments.get(i) + (i + 1 < arguments.size() ? "," : tail));
      }
    }
    indent -= 4;
  }

  /** A line, or two where it is too long: the second one further in. */
  void line(String left, String right) {
    if (indent + left.length() + 1 + right.length() <= WIDTH) {
      raw(indent, left + " " + right);
    } else {
      raw(indent, left);
      indent += 4;
      line(right);
      indent -= 4;
    }
  }

  private void raw(int column, String text) {
    body.append(" ".repeat(column)).append(text).append('\n');
  }

  /** The bracket at which to break: the first one that has something of length in it. */
  private static int broken(String text) {
    int open = text.indexOf('(');
    while (open >= 0) {
      int close = closing(text, open);
      if (close > open + 1 && close >= text.length() / 2) {
        return open;
      }
      open = text.indexOf('(', open + 1);
    }
    return -1;
  }

  private static int closing(String text, int open) {
    int depth = 0;
    boolean quoted = false;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' && text.charAt(i - 1) != '\\') {
        quoted = !quoted;
      } else if (!quoted && c == '(') {
        depth++;
      } else if (!quoted && c == ')' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private static List<String> arguments(String text) {
    List<String> arguments = new ArrayList<>();
    int depth = 0;
    int from = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' && (i == 0 || text.charAt(i - 1) != '\\')) {
        quoted = !quoted;
      } else if (!quoted && (c == '(' || c == '<')) {
        depth++;
      } else if (!quoted && (c == ')' || (c == '>' && text.charAt(i - 1) != '-'))) {
        depth--;
      } else if (!quoted && depth == 0 && c == ',') {
        arguments.add(text.substring(from, i));
        from = i + 2;
      }
    }
    arguments.add(text.substring(from));
    return arguments;
  }

  /** A comment for documentation. */
  void doc(String first, List<String> more) {
    String one = "/** " + first + " */";
    if (more.isEmpty() && indent + one.length() <= WIDTH) {
      raw(indent, one);
      return;
    }
    raw(indent, "/**");
    raw(indent, " * " + first);
    if (!more.isEmpty()) {
      raw(indent, " *");
    }
    more.forEach(this::docLine);
    raw(indent, " */");
  }

  /** A line of a comment, or several where it is too long; further in below a tag. */
  private void docLine(String text) {
    String prefix = " * ";
    String rest = text;
    while (indent + prefix.length() + rest.length() > WIDTH) {
      int at = rest.lastIndexOf(' ', WIDTH - indent - prefix.length());
      if (at <= 0) {
        break;
      }
      raw(indent, prefix + rest.substring(0, at));
      rest = rest.substring(at + 1);
      prefix = text.startsWith("@") ? " *     " : " * ";
    }
    raw(indent, (prefix + rest).stripTrailing());
  }

  void doc(String text) {
    doc(text, List.of());
  }

  /** The whole file. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append("// Made by rxgen from ").append(source).append(". Changes here are lost.\n");
    text.append("package ").append(packageName).append(";\n\n");
    staticImports.forEach(name -> text.append("import static ").append(name).append(";\n"));
    if (!staticImports.isEmpty()) {
      text.append('\n');
    }
    imports.forEach(name -> text.append("import ").append(name).append(";\n"));
    if (!imports.isEmpty()) {
      text.append('\n');
    }
    return text.append(body).toString();
  }
}
