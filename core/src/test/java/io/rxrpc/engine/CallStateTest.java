// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The edges as calls.md sections 3 and 4 have them; our names put the side in front. */
class CallStateTest {
  private static final String DOCUMENT =
      """
      CLIENT_AWAIT_CONN -> CLIENT_SEND_REQUEST COMPLETE
      CLIENT_SEND_REQUEST -> CLIENT_AWAIT_REPLY COMPLETE
      CLIENT_AWAIT_REPLY -> CLIENT_RECV_REPLY COMPLETE
      CLIENT_RECV_REPLY -> COMPLETE
      SERVER_SECURING -> SERVER_RECV_REQUEST COMPLETE
      SERVER_RECV_REQUEST -> SERVER_ACK_REQUEST SERVER_SEND_REPLY COMPLETE
      SERVER_ACK_REQUEST -> SERVER_SEND_REPLY COMPLETE
      SERVER_SEND_REPLY -> SERVER_AWAIT_ACK COMPLETE
      SERVER_AWAIT_ACK -> COMPLETE
      COMPLETE ->
      """;

  @Test
  void theTableIsTheDocuments() {
    String table =
        Arrays.stream(CallState.values())
            .map(
                s ->
                    s
                        + " ->"
                        + s.next().stream().map(n -> " " + n).collect(Collectors.joining())
                        + "\n")
            .collect(Collectors.joining());
    System.out.println(table);
    assertThat(table).isEqualTo(DOCUMENT);
  }

  @Test
  void permitsIsTheTable() {
    for (CallState from : CallState.values()) {
      for (CallState to : CallState.values()) {
        assertThat(from.permits(to)).as("%s -> %s", from, to).isEqualTo(from.next().contains(to));
      }
    }
  }
}
