// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.machine;

import io.rxrpc.udp.DatagramPort;
import io.rxrpc.udp.PortOptions;
import java.io.IOException;

/** Where endpoints and sockets get their ports from. Called by any thread. */
@FunctionalInterface
public interface Ports {
  /**
   * Opens a port. It belongs to the endpoint, which closes it in the end; when somebody else closes
   * it, the endpoint ends as if it had been closed itself. {@link DatagramPort} says which threads
   * call it.
   *
   * @param options the options
   * @return the port
   * @throws java.net.BindException when the address cannot be bound
   * @throws IOException when there is no such port for another reason
   */
  DatagramPort open(PortOptions options) throws IOException;
}
