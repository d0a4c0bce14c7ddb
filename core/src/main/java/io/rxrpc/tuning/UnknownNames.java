// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tuning;

import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Variables and properties that are named like tunables and are none: whoever mistypes one would
 * believe that it is set.
 */
final class UnknownNames {
  private static final System.Logger LOG = System.getLogger("io.rxrpc.endpoint");
  private static final String PREFIX = "RXRPC_";

  /** Names with the same prefix that mean something to the command and its launcher. */
  private static final Set<String> OTHERS =
      Set.of(
          "RXRPC_CLIENT",
          "RXRPC_DEBUG",
          "RXRPC_JAVA_OPTIONS",
          "RXRPC_LEVEL",
          "RXRPC_TOKEN_FILE",
          "RXRPC_USER");

  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  private UnknownNames() {}

  /** Those of the names that nothing reads. */
  static List<String> among(Collection<String> names) {
    return names.stream()
        .filter(n -> n.startsWith(PREFIX) && !OTHERS.contains(n) && !isTunable(n))
        .sorted()
        .toList();
  }

  private static boolean isTunable(String name) {
    Tunable t = Tunable.find(name);
    return t != null && t.propertyName().equals(name); // the environment knows upper and lower case
  }

  /** Tells each of them in the log, once in a process. */
  static void tell(Collection<String> names) {
    for (String name : among(names)) {
      if (TOLD.add(name)) {
        LOG.log(Level.WARNING, name + " sets nothing: no tunable has this name");
      }
    }
  }
}
