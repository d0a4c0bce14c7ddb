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

  /** What reaches the engine instead of a datagram. */
  default List<Datagram> incoming(long now, Datagram d) {
    return List.of(d);
  }

  /** What leaves instead of what the engine sent. */
  default List<Datagram> outgoing(long now, Datagram d) {
    return List.of(d);
  }

  /** When the engine learns of a deadline. */
  default long deadline(long deadline) {
    return deadline;
  }

  /** Changes {@code length} bytes that an application is about to get. */
  default void read(byte[] bytes, int length) {}

  /** How often a request is given to a handler. */
  default int handlings() {
    return 1;
  }

  /** Whether the engine learns that what it handed out has left. */
  default boolean transmitted() {
    return true;
  }
}
