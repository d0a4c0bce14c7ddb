// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.kernel;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Who calls whom.
 *
 * @param caller makes the calls of a trial
 * @param forger the same with tickets under another key
 * @param served whom it calls
 */
record Column(Caller caller, Caller forger, Served served) {
  /** Makes calls. */
  interface Caller {
    Result run(Trial trial, InetSocketAddress server, int service) throws IOException;
  }

  /** Our client calls. */
  static Column ours(Served served) {
    return new Column(OurClient::run, OurClient::runForged, served);
  }

  /** A guest's kernel calls. */
  static Column kernel(Guest guest, Served served) {
    KernelClient client = new KernelClient(guest);
    return new Column(client::run, client::runForged, served);
  }

  Result echo(Trial trial) throws IOException {
    return caller.run(trial, served.echo(), Served.ECHO);
  }
}
