// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.memory;

import java.util.Collection;
import java.util.stream.Collectors;

/** A program on a {@link MemoryNetwork} cannot go on; the message says who waits where. */
public final class NetworkStuckException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  NetworkStuckException(String what, Collection<Strand> who) {
    super(what + who.stream().map(s -> "\n  " + s.where()).collect(Collectors.joining()));
  }
}
