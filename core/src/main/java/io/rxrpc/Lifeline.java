// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.driver.EndpointDriver;
import java.lang.System.Logger.Level;

/**
 * Keeps the machine alive while an endpoint serves: a thread that is no daemon and waits for the
 * endpoint's end. Without it a server whose {@code main} has returned would end in silence.
 */
final class Lifeline {
  private final EndpointDriver driver;
  private boolean held;

  /**
   * @param daemon whether the endpoint keeps nothing alive
   */
  Lifeline(EndpointDriver driver, boolean daemon) {
    this.driver = driver;
    held = daemon;
  }

  /** It is about to serve. Repeated calls do nothing. */
  synchronized void hold() {
    if (!held) {
      driver
          .surroundings()
          .threads()
          .thread("rxrpc-serves-" + driver.localAddress().getPort(), false, this::await)
          .start();
      held = true;
    }
  }

  private void await() {
    try {
      driver.awaitEnd();
    } catch (InterruptedException e) {
      System.getLogger("io.rxrpc.endpoint")
          .log(Level.WARNING, "the thread that keeps a server alive was interrupted, and ends", e);
    }
  }
}
