// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.wire.AbortCodes;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The names of abort codes: those of the protocol, and behind them those of other modules. */
final class AbortNames {
  private static final System.Logger LOG = System.getLogger("io.rxrpc.endpoint");

  private AbortNames() {}

  /** The name of a code, or null. */
  static @Nullable String name(int code) {
    String own = AbortCodes.name(code);
    return own != null ? own : Registered.NAMES.get(code);
  }

  /** The code that a person means: a name in any case, or a number. */
  static int parse(String text) {
    Integer code = Registered.CODES.get(text.strip().toUpperCase(Locale.ROOT));
    return code != null ? code : AbortCodes.parse(text);
  }

  /** What other modules brought; read when a code is named that is none of ours. */
  private static final class Registered {
    static final Map<Integer, String> NAMES = load();
    static final Map<String, Integer> CODES = new HashMap<>();

    static {
      NAMES.forEach(
          (code, names) -> {
            for (String name : names.split("/", -1)) {
              CODES.put(name.toUpperCase(Locale.ROOT), code);
            }
          });
    }

    /** Where two tables name a code differently, both names stand, as for rxgk's two tables. */
    private static Map<Integer, String> load() {
      Map<Integer, String> all = new HashMap<>();
      Iterator<AbortCodeTable> tables =
          ServiceLoader.load(AbortCodeTable.class, AbortCodeTable.class.getClassLoader())
              .iterator();
      boolean more = true;
      while (more) {
        try {
          more = tables.hasNext();
          if (more) {
            tables.next().names().forEach((code, name) -> all.merge(code, name, AbortNames::both));
          }
        } catch (ServiceConfigurationError | RuntimeException e) {
          LOG.log(Level.WARNING, "a table of abort codes cannot be read: " + e);
        }
      }
      return Map.copyOf(all);
    }
  }

  private static String both(String one, String other) {
    return one.equals(other) ? one : one + "/" + other;
  }
}
