// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.serving;

import io.rxrpc.udp.LocalDatagram;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whoever started this process and wants to hear when it is ready and when it ends: systemd, for
 * units of {@code Type=notify}. It names a socket in {@code NOTIFY_SOCKET}; what is sent there is
 * described in sd_notify(3). Where there is no such variable, nothing is sent.
 */
final class Supervisor {
  private final @Nullable String socket;
  private final PrintStream err;

  private Supervisor(@Nullable String socket, PrintStream err) {
    this.socket = socket;
    this.err = err;
  }

  /**
   * The one that the variables name.
   *
   * @param err where it is said that it cannot be told
   */
  static Supervisor of(Map<String, String> environment, PrintStream err) {
    String name = environment.get("NOTIFY_SOCKET");
    return new Supervisor(name == null || name.isEmpty() ? null : name, err);
  }

  /** Calls are served from now on. */
  void ready(String where) {
    tell("READY=1\nSTATUS=listening " + where);
  }

  /** No more calls are taken; those that run are finished. */
  void stopping() {
    tell("STOPPING=1\nSTATUS=finishing the running calls");
  }

  private void tell(String news) {
    String name = socket;
    if (name == null) {
      return;
    }
    try {
      LocalDatagram.send(name, news.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      err.println("rxrpc: cannot tell the one named by NOTIFY_SOCKET: " + e.getMessage());
    }
  }
}
