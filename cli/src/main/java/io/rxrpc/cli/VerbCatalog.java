// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli;

import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.spi.Verb;
import io.rxrpc.cli.spi.Verbs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import picocli.CommandLine;

/** All verbs that the modules here bring, in the order of the list of help. Immutable. */
final class VerbCatalog {
  private final Map<String, Verb> verbs;

  private VerbCatalog(Map<String, Verb> verbs) {
    this.verbs = verbs;
  }

  /**
   * Asks all modules.
   *
   * @throws java.util.ServiceConfigurationError if one of them cannot be loaded
   * @throws IllegalStateException if two of them bring a verb of the same name
   */
  static VerbCatalog load() {
    // By the loader of the command: a thread of an embedding program may know other modules.
    return of(ServiceLoader.load(Verbs.class, VerbCatalog.class.getClassLoader()));
  }

  static VerbCatalog of(Iterable<Verbs> modules) {
    List<Verb> found = new ArrayList<>();
    modules.forEach(module -> found.addAll(module.verbs()));
    found.sort(Comparator.comparingInt(Verb::place).thenComparing(Verb::name));
    Map<String, Verb> verbs = new LinkedHashMap<>();
    for (Verb verb : found) {
      if (verbs.putIfAbsent(verb.name(), verb) != null) {
        throw new IllegalStateException("two modules bring the verb '" + verb.name() + "'");
      }
    }
    return new VerbCatalog(verbs);
  }

  /** The names of all. */
  List<String> names() {
    return List.copyOf(verbs.keySet());
  }

  /** Adds all of them. */
  void addAll(CommandLine line, RootCommand root) {
    verbs.forEach((name, verb) -> line.addSubcommand(name, verb.command().apply(root)));
  }

  /**
   * Adds the verbs that stand somewhere in the arguments: looking at all of them by reflection
   * takes longer than a small call.
   *
   * @return whether there is any
   */
  boolean addNamed(CommandLine line, RootCommand root, String... args) {
    boolean any = false;
    for (String arg : args) {
      Verb verb = verbs.get(arg);
      if (verb != null && !line.getSubcommands().containsKey(arg)) {
        line.addSubcommand(arg, verb.command().apply(root));
        any = true;
      }
    }
    return any;
  }
}
