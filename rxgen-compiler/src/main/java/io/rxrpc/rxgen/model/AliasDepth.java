// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.model;

import io.rxrpc.rxgen.source.Problems;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How deeply typedefs are made of typedefs. They have no names in Java: what they are made of is
 * spelt out, so that none may be made of itself, even by pointer, without a structure in between.
 */
final class AliasDepth {
  private static final int MAX_DEPTH = 100;

  private final Map<String, Definition> definitions;
  private final Problems problems;
  private final Map<String, Integer> depths = new HashMap<>();
  private final Set<String> open = new HashSet<>();

  AliasDepth(Map<String, Definition> definitions, Problems problems) {
    this.definitions = definitions;
    this.problems = problems;
  }

  void check() {
    for (Definition definition : definitions.values()) {
      if (definition instanceof Definition.Alias alias) {
        depth(alias);
      }
    }
  }

  private int depth(Definition.Alias alias) {
    Integer known = depths.get(alias.name());
    if (known != null) {
      return known;
    }
    if (!open.add(alias.name())) {
      problems.error(
          alias.place(),
          "typedef '" + alias.name() + "' is made of itself, with no structure in between");
      return 0;
    }
    int depth = open.size() > MAX_DEPTH ? MAX_DEPTH + 1 : 1 + depth(alias.type());
    open.remove(alias.name());
    if (depth > MAX_DEPTH) {
      problems.error(
          alias.place(),
          "typedef '" + alias.name() + "' is nested deeper than " + MAX_DEPTH + " typedefs");
      depth = 0;
    }
    depths.put(alias.name(), depth);
    return depth;
  }

  private int depth(Type type) {
    return Uses.innermost(type) instanceof Type.Named named
            && definitions.get(named.name()) instanceof Definition.Alias alias
        ? depth(alias)
        : 0;
  }
}
