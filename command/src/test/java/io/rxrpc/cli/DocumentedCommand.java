// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command line that a document shows in a block.
 *
 * @param page the document
 * @param mark what the comment right before the block says; empty without one
 * @param line the command, without its prompt and without a remark behind it
 */
record DocumentedCommand(String page, String mark, String line) {
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?:<!-- ([^>]*) -->\\n+)?^```\\w*\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern INDENTED = Pattern.compile("^    (\\./\\w.*)$", Pattern.MULTILINE);
  private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+");

  /** All documents that people read. */
  static List<Path> pages() throws IOException {
    Path project = Path.of("").toAbsolutePath().getParent();
    List<Path> pages = new ArrayList<>();
    try (Stream<Path> top = Files.list(project);
        Stream<Path> docs = Files.walk(project.resolve("docs"))) {
      Stream.concat(top, docs)
          .filter(f -> f.toString().endsWith(".md"))
          .sorted()
          .forEach(pages::add);
    }
    return pages;
  }

  /** All of them, in all documents. */
  static List<DocumentedCommand> all() throws IOException {
    List<DocumentedCommand> all = new ArrayList<>();
    for (Path page : pages()) {
      String text = Files.readString(page);
      String name = page.getFileName().toString();
      Matcher block = BLOCK.matcher(text);
      while (block.find()) {
        String mark = block.group(1) == null ? "" : block.group(1);
        for (String line : block.group(2).split("\\n", -1)) {
          String command = line.replaceFirst("^\\$ ", "");
          if (line.startsWith("$ ") || command.matches("(\\./)?(rxrpc|rxgen|build) .*")) {
            add(all, name, mark, command);
          }
        }
      }
      Matcher indented = INDENTED.matcher(BLOCK.matcher(text).replaceAll(""));
      while (indented.find()) {
        add(all, name, "", indented.group(1));
      }
    }
    return all;
  }

  /** One line may have several commands, one behind the other. */
  private static void add(List<DocumentedCommand> all, String page, String mark, String line) {
    for (String part : line.replaceFirst("\\s+# .*", "").split(" (?:&&|\\|) ", -1)) {
      all.add(new DocumentedCommand(page, mark, part.strip()));
    }
  }

  /** Whether it is a run of this program, as {@code rxrpc} or {@code ./rxrpc}. */
  boolean runs(String program) {
    return line.matches("(\\./)?" + program + "( .*)?");
  }

  /** The words behind the program, as a shell would divide them; redirections are left out. */
  String[] words() {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line.replaceAll(" [<>]+ ?\\S+", ""));
    while (word.find()) {
      words.add(word.group().replaceAll("['\"]", ""));
    }
    return words.subList(1, words.size()).toArray(String[]::new);
  }
}
