// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes out what needs a type that is not there. */
final class Completeness {
  private final Types types;
  private final Map<String, Definition> definitions;

  Completeness(Types types, Map<String, Definition> definitions) {
    this.types = types;
    this.definitions = definitions;
  }

  /** Removes incomplete definitions until all that is left has all that it needs. */
  void pruneDefinitions() {
    Map<String, List<Definition>> users = new HashMap<>();
    for (Definition definition : definitions.values()) {
      for (Type type : Uses.of(definition)) {
        if (Uses.innermost(type) instanceof Type.Named named) {
          users.computeIfAbsent(named.name(), _ -> new ArrayList<>()).add(definition);
        }
      }
    }
    Deque<String> missing = new ArrayDeque<>(users.keySet());
    missing.removeIf(definitions::containsKey);
    for (String name = missing.poll(); name != null; name = missing.poll()) {
      for (Definition user : users.getOrDefault(name, List.of())) {
        if (definitions.remove(user.name()) != null) {
          types.leftOut(user.place(), "'" + user.name() + "' needs '" + name + "'");
          missing.add(user.name());
        }
      }
    }
  }

  /** The packages without the procedures that need what is not there. */
  List<RpcPackage> prune(List<RpcPackage> packages) {
    List<RpcPackage> pruned = new ArrayList<>();
    for (RpcPackage p : packages) {
      List<DeclaredProcedure> kept = p.procedures().stream().filter(this::isComplete).toList();
      pruned.add(
          new RpcPackage(p.name(), p.statIndex(), p.splitStart(), p.splitEnd(), kept, p.place()));
    }
    return pruned;
  }

  private boolean isComplete(DeclaredProcedure procedure) {
    String missing =
        missing(procedure.parameters().stream().map(DeclaredProcedure.Parameter::type).toList());
    if (missing != null) {
      types.leftOut(
          procedure.place(), "procedure '" + procedure.name() + "' needs '" + missing + "'");
    }
    return missing == null;
  }

  private @Nullable String missing(List<Type> used) {
    for (Type type : used) {
      if (Uses.innermost(type) instanceof Type.Named named
          && !definitions.containsKey(named.name())) {
        return named.name();
      }
    }
    return null;
  }
}
