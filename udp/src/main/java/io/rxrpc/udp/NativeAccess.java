// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether a module may call the system's own functions, and what to do where it may not. The JVM
 * asks whoever starts it for leave; without it things go on in another way, which is to be noticed.
 * Safe for all threads.
 */
public final class NativeAccess {
  private static final System.Logger LOG = System.getLogger("io.rxrpc.udp");
  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  private NativeAccess() {}

  /**
   * How to let a module call native functions.
   *
   * @param module whose native access it is
   * @return null when it may
   */
  public static @Nullable String cure(Module module) {
    if (module.isNativeAccessEnabled()) {
      return null;
    }
    return module.isNamed()
        ? "start java with --enable-native-access=" + module.getName()
        : "start java with --enable-native-access=ALL-UNNAMED, or put the line"
            + " Enable-Native-Access: ALL-UNNAMED into the manifest of the executable jar";
  }

  /**
   * Warns in the log that a module may not call native functions, and how it may; each consequence
   * once in a process.
   *
   * @param module whose native access it is
   * @param consequence what is different without them, as the rest of a sentence
   */
  public static void warn(Module module, String consequence) {
    String cure = cure(module);
    if (cure != null && TOLD.add(consequence)) {
      LOG.log(Level.WARNING, "native access is off: " + consequence + "; " + cure);
    }
  }
}
