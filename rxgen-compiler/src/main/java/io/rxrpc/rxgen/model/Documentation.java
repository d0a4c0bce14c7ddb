// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a comment that begins with two stars says of the procedure that follows it: sentences, then
 * lines that begin with an at-sign: {@code param} with a name and its meaning for a parameter, any
 * other word for whatever else there is to tell. Lines are joined; an empty line begins a new
 * paragraph.
 *
 * @param text paragraphs with a line end between them; empty where nothing is said
 * @param parameters what they mean, by their names, in the order of the comment
 * @param tags other things, by the word after the at-sign, in the order of the comment
 */
public record Documentation(String text, Map<String, String> parameters, Map<String, String> tags) {
  /** Of what has no comment. */
  public static final Documentation NONE = new Documentation("", Map.of(), Map.of());

  private static final String PARAMETER = "param";

  /** Keeps copies. */
  public Documentation {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  /** Reads a comment without its marks; null is none. */
  static Documentation of(@Nullable String comment) {
    if (comment == null) {
      return NONE;
    }
    List<String> blocks = blocks(comment);
    Map<String, String> parameters = new LinkedHashMap<>();
    Map<String, String> tags = new LinkedHashMap<>();
    for (String block : blocks.subList(1, blocks.size())) {
      String[] words = block.split("\\s+", 2);
      String rest = words.length > 1 ? words[1] : "";
      if (words[0].equals(PARAMETER)) {
        String[] named = rest.split("\\s+", 2);
        add(parameters, named[0], named.length > 1 ? named[1] : "");
      } else {
        add(tags, words[0], rest);
      }
    }
    return new Documentation(blocks.getFirst(), parameters, tags);
  }

  private static void add(Map<String, String> to, String name, String text) {
    to.merge(name, text, (had, more) -> had + "\n" + more);
  }

  /** The sentences, and what follows each at-sign at the begin of a line. */
  private static List<String> blocks(String comment) {
    List<String> blocks = new ArrayList<>();
    StringBuilder block = new StringBuilder();
    boolean paragraph = false;
    for (String raw : comment.split("\\R", -1)) {
      String line = raw.strip().replaceFirst("^\\*+\\s?", "").strip();
      if (line.startsWith("@")) {
        blocks.add(block.toString());
        block = new StringBuilder(line.substring(1));
        paragraph = false;
      } else if (line.isEmpty()) {
        paragraph = !block.isEmpty();
      } else {
        if (!block.isEmpty()) {
          block.append(paragraph ? '\n' : ' ');
        }
        block.append(line);
        paragraph = false;
      }
    }
    blocks.add(block.toString());
    return blocks;
  }
}
