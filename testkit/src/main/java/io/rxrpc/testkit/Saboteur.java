// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import java.util.List;

/**
 * Stands between an engine and its surroundings and spoils what passes: how a defect is planted
 * without touching the engine. Every method as it is here does no harm.
 */
public interface Saboteur {
  /** Does no harm. */
  Saboteur NONE = new Saboteur() {};

  /**
   * {@return what reaches the engine instead of a datagram}
   *
   * @param now the present time, in nanoseconds
   * @param d the datagram
   */
  default List<Datagram> incoming(long now, Datagram d) {
    return List.of(d);
  }

  /**
   * {@return what leaves instead of what the engine sent}
   *
   * @param now the present time, in nanoseconds
   * @param d the datagram
   */
  default List<Datagram> outgoing(long now, Datagram d) {
    return List.of(d);
  }

  /**
   * {@return when the engine learns of a deadline}
   *
   * @param deadline when the engine wants to be called, in nanoseconds
   */
  default long deadline(long deadline) {
    return deadline;
  }

  /**
   * Changes {@code length} bytes that an application is about to get.
   *
   * @param bytes the data
   * @param length how many bytes
   */
  default void read(byte[] bytes, int length) {}

  /** {@return how often a request is given to a handler} */
  default int handlings() {
    return 1;
  }

  /** {@return whether the engine learns that what it handed out has left} */
  default boolean transmitted() {
    return true;
  }
}
