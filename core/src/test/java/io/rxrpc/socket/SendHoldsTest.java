// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.Sockets.data;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How often {@code sendmsg} takes the lock of the port. */
class SendHoldsTest {
  @Test
  void aNewSmallCallTakesOneHold() throws Exception {
    try (RxrpcSocket server = Sockets.server()) {
      RxrpcSocket client = Sockets.client(server);
      try (client) {
        client.sendmsg(data(1, "first"));
        CallTable table = SocketAccess.table(client);
        for (int tag = 2; tag < 4; tag++) { // a connection has four channels
          long before = table.driver.lockHolds();
          client.sendmsg(data(tag, "small"));
          long holds = table.driver.lockHolds() - before;
          System.out.println("lock holds of sendmsg, a new small call: " + holds);
          assertThat(holds).isEqualTo(1);
        }
      }
    }
  }
}
