// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.memory;

/** What a thread of a {@link MemoryNetwork} does. */
@FunctionalInterface
public interface Program {
  /**
   * Does it; what it throws ends the network's run and is thrown by that.
   *
   * @throws Exception what fails
   */
  void run() throws Exception;
}
