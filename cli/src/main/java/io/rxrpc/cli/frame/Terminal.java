// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.frame;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether a standard stream is a terminal. */
final class Terminal {
  static final int IN = 0;
  static final int OUT = 1;
  static final int ERR = 2;

  private Terminal() {}

  /**
   * Asks about one descriptor. The JDK's {@link Console#isTerminal} answers for stdin and stdout
   * together only, so where the system shows what a descriptor is, that counts.
   */
  @SuppressWarnings("SystemConsoleNull") // since JDK 25 it is null again where there is none
  static boolean is(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    if (Files.isSymbolicLink(link)) {
      try {
        String device = Files.readSymbolicLink(link).toString();
        return device.startsWith("/dev/pts/")
            || device.startsWith("/dev/tty")
            || device.equals("/dev/console");
      } catch (IOException e) {
        return false; // then raw output, as for a pipe
      }
    }
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
