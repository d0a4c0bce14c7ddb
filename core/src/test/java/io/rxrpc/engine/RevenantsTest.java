package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that ask a server after calls of its former life. */
class RevenantsTest {
  private static final long MS = Pipe.MS;
  private static final int PREVIOUS = 28 + 8;

  private final Bench bench = new Bench();

  /** A PING of a client that has got nothing of the reply. */
  private List<Packet> ask() {
    Packet p = bench.ack(3, Flags.REQUEST_ACK, 1, 0, AckReason.PING, 255);
    p.memory().set(ValueLayout.JAVA_INT_UNALIGNED, PREVIOUS, 0);
    return bench.feed(p);
  }

  @Test
  @Tag("R-42")
  void whoOnlyAsksForSecondsIsTold() {
    assertThat(ask()).isEmpty();
    bench.now += 1500 * MS;
    assertThat(ask()).isEmpty();
    bench.now += 1500 * MS;
    assertThat(ask()).singleElement().matches(Packet::isAbort);
    assertThat(bench.endpoint.serviceConnections()).isZero();
  }

  @Test
  void whoSendsDataInBetweenHadOnlyLostIt() {
    assertThat(ask()).isEmpty();
    bench.now += 1500 * MS;
    assertThat(ask()).isEmpty();
    bench.feed(bench.data(3, 1, Flags.LAST_PACKET, 10));
    bench.now += 1500 * MS;
    assertThat(ask()).singleElement().matches(p -> p.isAck(AckReason.PING_RESPONSE));
  }

  @Test
  void manyQuestionsAtOnceAreOne() {
    for (int i = 0; i < 10; i++) {
      assertThat(ask()).as("a flight of them is no belief").isEmpty();
    }
  }

  @Test
  void whatIsRememberedIsBounded() {
    Revenants revenants = new Revenants();
    for (int call = 1; call < 10_000; call++) {
      Packet p = bench.ack(call, Flags.REQUEST_ACK, 1, 0, AckReason.PING, 255);
      assertThat(revenants.mustKnow(Bench.PEER, p.memory(), 0, bench.now)).isFalse();
    }
    assertThat(revenants.size()).isEqualTo(4096);
  }

  @Test
  @Tag("R-42")
  void aClientLearnsWithinSecondsThatItsServerWasStartedAgain() {
    Pipe former = new Pipe();
    former.server.handler = app -> {};
    App app = former.open();
    app.write(Pipe.bytes(100), true, former.now);
    former.pass(1000 * MS); // the request is acknowledged, the server works
    Pipe next = new Pipe();
    next.now = former.now;
    long begin = former.now;
    for (int i = 0; i < 100 && app.call.completion() == null; i++) {
      former.now = Math.max(former.now, former.client.endpoint.nextTimeout());
      former.client.endpoint.timeout(former.now);
      former.client.events();
      next.now = former.now;
      former.client.flush(next.server);
      next.server.flush(former.client);
      former.client.events();
    }
    assertThat(app.completion().kind()).isEqualTo(Completion.Kind.REMOTE_ABORT);
    assertThat(former.now - begin).isLessThan(6000 * MS);
    assertThat(next.server.served).as("and nothing was done twice").isEmpty();
  }
}
