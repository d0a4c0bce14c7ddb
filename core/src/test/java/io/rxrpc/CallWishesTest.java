// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What a call may want besides its service, by every way of making it. */
class CallWishesTest {
  private static final int NEWER = 2052;
  private static final CallOptions ASKING = CallOptions.DEFAULT.upgrade(true);

  private static byte[] begun(Ends ends, CallOptions options) throws RxrpcException {
    try (ClientCall call = ends.client().begin(ends.address(), options)) {
      call.write(bytes(3));
      call.endOutput();
      return call.readAll(100);
    }
  }

  private static byte[] buffered(Ends ends, CallOptions options) throws RxrpcException {
    ByteBuffer reply = ByteBuffer.allocate(100);
    int n = ends.client().call(ends.address(), ByteBuffer.wrap(bytes(3)), reply, options);
    byte[] all = new byte[n];
    reply.flip().get(all);
    return all;
  }

  private static long connections(Ends ends) {
    return ends.server().counters().get("service-connections-opened");
  }

  @Test
  void exclusiveCallsHaveAConnectionEachByEveryWayOfCalling() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      ends.server().serve(SERVICE, CallHandler.blob(request -> request));
      CallOptions exclusive = CallOptions.DEFAULT.exclusive(true);
      assertThat(exclusive.exclusive()).isTrue();
      assertThat(exclusive.upgrade()).isFalse();
      for (int i = 0; i < 2; i++) {
        assertThat(begun(ends, exclusive)).isEqualTo(bytes(3));
        assertThat(ends.client().call(ends.address(), bytes(3), exclusive)).isEqualTo(bytes(3));
        assertThat(ends.client().callAsync(ends.address(), bytes(3), exclusive).join())
            .isEqualTo(bytes(3));
        assertThat(buffered(ends, exclusive)).isEqualTo(bytes(3));
      }
      assertThat(connections(ends)).isEqualTo(8);
      for (int i = 0; i < 8; i++) {
        ends.client().call(ends.address(), bytes(3), exclusive.exclusive(false));
      }
      assertThat(connections(ends)).isBetween(9L, 10L); // and these share theirs
    }
  }

  /** Two forms of a service; each says which one it is. */
  private static void serveBoth(Ends ends) throws RxrpcException {
    RunningService older =
        ends.server().serve(SERVICE, CallHandler.blob(request -> new byte[] {1}));
    RunningService newer = ends.server().serve(NEWER, CallHandler.blob(request -> new byte[] {2}));
    older.upgradeTo(newer);
  }

  @Test
  void whoAsksIsAnsweredByTheNewerServiceByEveryWayOfCalling() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      serveBoth(ends);
      for (int i = 0; i < 2; i++) { // on the connection that has asked, too
        assertThat(begun(ends, ASKING)).containsExactly(2);
        assertThat(ends.client().call(ends.address(), bytes(3), ASKING)).containsExactly(2);
        assertThat(ends.client().callAsync(ends.address(), bytes(3), ASKING).join())
            .containsExactly(2);
        assertThat(buffered(ends, ASKING)).containsExactly(2);
      }
      assertThat(ends.client().call(ends.address(), bytes(3))).containsExactly(1);
      assertThat(ends.client().call(ends.address(NEWER), bytes(3))).containsExactly(2);
    }
  }

  @Test
  void aCallTellsWhichServiceAnswers() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      serveBoth(ends);
      try (ClientCall call = ends.client().begin(ends.address(), ASKING)) {
        assertThat(call.serviceId()).isEqualTo(SERVICE); // nothing is known yet
        assertThat(call.readAll(100)).containsExactly(2);
        assertThat(call.serviceId()).isEqualTo(NEWER);
        assertThat(call.peer().serviceId()).isEqualTo(SERVICE);
      }
      try (ClientCall call = ends.client().begin(ends.address())) {
        assertThat(call.readAll(100)).containsExactly(1);
        assertThat(call.serviceId()).isEqualTo(SERVICE);
      }
    }
  }

  @Test
  void aServerWithoutANewerServiceAnswersAsItWasCalled() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      ends.server().serve(SERVICE, CallHandler.blob(request -> request));
      CallOptions both = ASKING.exclusive(true);
      try (ClientCall call = ends.client().begin(ends.address(), both)) {
        call.write(bytes(9));
        assertThat(call.readAll(100)).isEqualTo(bytes(9));
        assertThat(call.serviceId()).isEqualTo(SERVICE);
      }
    }
  }
}
