// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.security.ResponsePacket;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.PacketType;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** CHALLENGEs that somebody else than the security class answers. */
class OpenChallengeTest {
  private static final Object OWNER = new Object();

  private final TestSecurity security = new TestSecurity(true);
  private final Pipe pipe = new Pipe(Tunables.defaults(), security);

  private App open() {
    Call call =
        pipe.client.endpoint.open(
            pipe.server.address,
            Pipe.SERVICE,
            security,
            new CallWishes(false, false, OWNER),
            pipe.now);
    App app = new App(call);
    app.write(Pipe.bytes(100), true, pipe.now);
    pipe.settle();
    return app;
  }

  private OpenChallenge asked() {
    OpenChallenge c = pipe.client.challenges.poll();
    assertThat(c).isNotNull();
    return c;
  }

  @Test
  @DisplayName("nothing is answered until the owner does")
  void waits() {
    App app = open();
    OpenChallenge c = asked();
    assertThat(c.owner()).isSameAs(OWNER);
    assertThat(c.isOpen()).isTrue();
    assertThat(c.serviceId()).isEqualTo(Pipe.SERVICE);
    assertThat(c.securityIndex()).isEqualTo(TestSecurity.INDEX);
    assertThat(security.responses).isZero();
    c.respond();
    assertThat(c.isOpen()).isFalse();
    pipe.settle();
    assertThat(security.responses).isEqualTo(1);
    assertThat(app.call.completion()).isEqualTo(Completion.SUCCESS);
  }

  @Test
  @Tag("R-44")
  @DisplayName("R-44: a CHALLENGE that is repeated meanwhile is not asked about twice")
  void repeated() {
    open();
    OpenChallenge c = asked();
    pipe.pass(2_500 * Pipe.MS);
    assertThat(pipe.server.endpoint.counters().get(Counter.CHALLENGES_SENT)).isGreaterThan(1);
    assertThat(pipe.client.challenges).isEmpty();
    assertThat(c.isOpen()).isTrue();
    byte[] response = ByteBuffer.allocate(20).put(c.payload()).array();
    response[3]++;
    ByteBuffer.wrap(response).putInt(4, 1);
    c.respond(new ResponsePacket(response, TestSecurity.CHECKSUM), pipe.now);
    pipe.settle();
    assertThat(security.verified).isEqualTo(1);
  }

  @Test
  @Tag("R-74")
  @DisplayName("R-74: an owner who never answers is told when the call has ended")
  void expires() {
    App app = open();
    OpenChallenge c = asked();
    pipe.pass(200_000 * Pipe.MS);
    assertThat(app.call.completion()).isNotNull();
    assertThat(c.isOpen()).isFalse();
    assertThat(asked()).isSameAs(c);
    c.respond();
    c.respond(new ResponsePacket(new byte[4]), pipe.now);
    c.reject(1, pipe.now);
    pipe.settle();
    assertThat(pipe.client.sent).noneMatch(p -> p.type() == PacketType.RESPONSE);
  }

  @Test
  @DisplayName("a rejected challenge aborts the connection")
  void rejected() {
    App app = open();
    asked().reject(4711, pipe.now);
    pipe.settle();
    assertThat(app.call.completion().abortCode()).isEqualTo(4711);
    assertThat(pipe.client.endpoint.clientConnections()).isZero();
  }
}
