// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.java;

import io.rxrpc.rxgen.model.DeclaredProcedure;
import io.rxrpc.rxgen.model.Documentation;
import java.util.ArrayList;
import java.util.List;

/** What a description tells of its procedures, as comments of Java. */
final class ProcedureText {
  private ProcedureText() {}

  /** The sentences, and the tags that are not of parameters. */
  static List<String> sentences(Documentation documentation) {
    List<String> lines = new ArrayList<>();
    if (!documentation.text().isEmpty()) {
      for (String paragraph : documentation.text().split("\n", -1)) {
        if (!lines.isEmpty()) {
          lines.add("");
        }
        lines.add("<p>" + escaped(paragraph));
      }
    }
    documentation
        .tags()
        .forEach(
            (tag, text) -> {
              if (!lines.isEmpty()) {
                lines.add("");
              }
              String word = Character.toUpperCase(tag.isEmpty() ? ' ' : tag.charAt(0)) + rest(tag);
              lines.add("<p>" + escaped(word + ": " + text));
            });
    return lines;
  }

  private static String rest(String tag) {
    return tag.isEmpty() ? "" : tag.substring(1);
  }

  /** What follows the declaration of a parameter; empty where nothing is told. */
  static String of(DeclaredProcedure procedure, String parameter) {
    String text = procedure.documentation().parameters().get(parameter);
    return text == null || text.isEmpty() ? "" : ": " + escaped(text);
  }

  /** Nothing in it is HTML, a tag, the end of the comment or the begin of an escape. */
  private static String escaped(String text) {
    return text.replace('\n', ' ')
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "&#64;")
        .replace("*/", "*&#47;")
        .replace("\\", "&#92;")
        .replace("{", "&#123;")
        .replace("}", "&#125;");
  }
}
