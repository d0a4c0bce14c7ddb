// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.catalog;

import java.util.List;

/** Breaks text into lines that fit a terminal which nobody has made wider. */
final class Paragraphs {
  static final int WIDTH = 80;

  private static final int DEEPEST = 24;

  private Paragraphs() {}

  /**
   * Adds the text, and further lines below its begin.
   *
   * @param head what stands in front of the first line
   */
  static void wrap(List<String> lines, String head, String text) {
    String indent = " ".repeat(Math.min(head.length(), DEEPEST));
    StringBuilder line = new StringBuilder(head);
    boolean empty = true;
    for (String word : text.strip().split("\\s+", -1)) {
      if (!empty && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(indent);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(line.toString());
  }

  /** The text, or as much of it as fits behind that many columns. */
  static String cut(String text, int columns) {
    int room = WIDTH - columns;
    return text.length() <= room ? text : text.substring(0, room - 3).stripTrailing() + "...";
  }
}
