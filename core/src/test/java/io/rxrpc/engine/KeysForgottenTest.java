// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** the keys of a connection are cleared at its end, and not before the last call has read. */
@Tag("R-52")
class KeysForgottenTest {
  private final TestSecurity offered = new TestSecurity(true);
  private final TestSecurity used = new TestSecurity(true);
  private final Pipe pipe =
      new Pipe(
          Tunables.defaults()
              .with(Tunable.CLIENT_IDLE_EXPIRY, "10s")
              .with(Tunable.SERVICE_IDLE_EXPIRY, "20s"),
          offered);

  private App call(int bytes) {
    App app = pipe.open(Pipe.SERVICE, used);
    app.write(Pipe.bytes(bytes), true, pipe.now);
    pipe.settle();
    return app;
  }

  @Test
  void idleConnectionsTakeTheirKeysWithThem() {
    App app = call(10_000);
    assertThat(app.ok()).isTrue();
    app.release(pipe.now);
    pipe.pass(9_000 * Pipe.MS);
    assertThat(used.destroyed).isZero();
    pipe.pass(2_000 * Pipe.MS);
    assertThat(used.destroyed).isEqualTo(1);
    assertThat(offered.destroyed).isZero();
    pipe.pass(10_000 * Pipe.MS);
    assertThat(offered.destroyed).isEqualTo(1);
    assertThat(used.destroyed).isEqualTo(1);
  }

  @Test
  void aReplyThatIsReadLateCanStillBeUnsealed() {
    App app = pipe.open(Pipe.SERVICE, used);
    app.reads = false;
    app.write(Pipe.bytes(20_000), true, pipe.now);
    pipe.pass(60_000 * Pipe.MS);
    assertThat(app.completion()).isEqualTo(Completion.SUCCESS);
    assertThat(pipe.client.endpoint.clientConnections()).isZero();
    assertThat(used.destroyed).isZero();
    app.reads = true;
    app.run(pipe.now);
    assertThat(app.bytes()).isEqualTo(Pipe.bytes(20_000));
    app.release(pipe.now);
    pipe.settle();
    assertThat(used.destroyed).isEqualTo(1);
  }

  @Test
  void anAbortedConnectionForgetsThemToo() {
    App app = pipe.open(Pipe.SERVICE, used);
    app.write(Pipe.bytes(10), false, pipe.now);
    pipe.settle();
    pipe.client.endpoint.close(77, pipe.now);
    pipe.settle();
    assertThat(used.destroyed).isZero();
    app.release(pipe.now);
    pipe.settle();
    assertThat(used.destroyed).isEqualTo(1);
    pipe.server.endpoint.close(77, pipe.now);
    pipe.settle();
    pipe.server.served.forEach(a -> a.release(pipe.now));
    pipe.settle();
    assertThat(offered.destroyed).isEqualTo(1);
  }

  @Test
  void aCallThatNobodyTookIsNoUser() {
    pipe.server.accepts = false;
    App app = pipe.open(Pipe.SERVICE, used);
    app.write(Pipe.bytes(10), true, pipe.now);
    pipe.settle();
    app.call.abort(77, pipe.now);
    app.release(pipe.now);
    pipe.pass(60_000 * Pipe.MS);
    assertThat(pipe.server.endpoint.serviceConnections()).isZero();
    assertThat(offered.destroyed).isEqualTo(1);
  }

  @Test
  void aResponseThatComesOutAfterTheEndIsClearedAtOnce() {
    App app = pipe.open(Pipe.SERVICE, used);
    app.write(Pipe.bytes(10), true, pipe.now);
    pipe.client.events();
    pipe.client.flush(pipe.server);
    pipe.server.events();
    pipe.server.flush(pipe.client);
    pipe.client.events();
    pipe.client.flush(pipe.server);
    pipe.server.works = false;
    pipe.server.events();
    SecurityTask verify = pipe.server.tasks.poll();
    pipe.server.works = true;
    assertThat(verify).isNotNull();
    verify.run();
    pipe.server.endpoint.close(77, pipe.now);
    verify.finish(pipe.now);
    pipe.settle();
    assertThat(offered.verified).isEqualTo(1);
    assertThat(offered.destroyed).isEqualTo(1);
  }
}
