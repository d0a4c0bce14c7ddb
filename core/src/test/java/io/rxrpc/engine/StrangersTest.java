// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Peers whose address may be somebody else's: what they draw, and what is kept of them. */
class StrangersTest {
  private static final long MS = Pipe.MS;
  private static final long SECOND = 1000 * MS;

  private static InetSocketAddress stranger(int n) {
    try {
      byte[] ip = {127, (byte) (n >> 16), (byte) (n >> 8), (byte) n};
      return new InetSocketAddress(InetAddress.getByAddress(ip), 7001);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  /** A request of one packet. */
  private static MemorySegment request(int n) {
    MemorySegment p = MemorySegment.ofArray(new byte[Header.LENGTH + 40]);
    int flags = Flags.CLIENT_INITIATED | Flags.LAST_PACKET;
    Header.write(p, 0, 0x80000001, n << 2, 1, 1, 1, PacketType.DATA, flags, 0, 0, 0, Pipe.SERVICE);
    return p;
  }

  private static MemorySegment pong(int n, int serial) {
    MemorySegment p = MemorySegment.ofArray(new byte[Ack.MIN_LENGTH + Ack.PADDING]);
    int flags = Flags.CLIENT_INITIATED;
    Header.write(p, 0, 0x80000001, n << 2, 1, 0, 2, PacketType.ACK, flags, 0, 0, 0, Pipe.SERVICE);
    Ack.write(p, 0, 1, 0, serial, AckReason.PING_RESPONSE, 0);
    return p;
  }

  private static void feed(Pipe pipe, InetSocketAddress from, MemorySegment p) {
    pipe.server.endpoint.datagram(pipe.now, from, null, p, 0, (int) p.byteSize());
    pipe.server.events();
    pipe.server.flush(null);
    pipe.server.events();
    pipe.server.flush(null);
  }

  private static void answerWith(Pipe pipe, int bytes) {
    pipe.server.handler =
        app -> {
          if (app.inputEnded && !app.answered) {
            app.answered = true;
            app.write(new byte[bytes], true, pipe.now);
          }
          if (app.writer.ended()) {
            app.release(pipe.now);
          }
        };
  }

  private static long counted(Pipe pipe, Counter counter) {
    return pipe.server.endpoint.counters().get(counter);
  }

  /** Time for a server whose packets nobody gets. */
  private static void alone(Pipe pipe, long nanos) {
    long end = pipe.now + nanos;
    while (pipe.server.endpoint.nextTimeout() <= end) {
      pipe.now = Math.max(pipe.now, pipe.server.endpoint.nextTimeout());
      pipe.server.endpoint.timeout(pipe.now);
      pipe.server.events();
      pipe.server.flush(null);
    }
    pipe.now = end;
  }

  @Test
  @Tag("R-22")
  @Tag("R-25")
  void oneForgedPacketDrawsNoMoreThanAFew() {
    Pipe pipe = new Pipe();
    answerWith(pipe, 500_000);
    feed(pipe, stranger(1), request(1));
    alone(pipe, 300 * SECOND);
    assertThat(pipe.server.sent.size()).isBetween(1, 8); // the ABORT at the end included
    assertThat(counted(pipe, Counter.REPLIES_HELD_BACK)).isPositive();
    assertThat(pipe.server.endpoint.peerCount()).as("and it is forgotten soon").isZero();
    assertThat(pipe.server.endpoint.timerCount()).isZero();
    assertThat(pipe.server.pool.outstanding()).isZero();
  }

  @Test
  void everyForgedPacketDrawsAFewMore() {
    Pipe pipe = new Pipe();
    answerWith(pipe, 500_000);
    for (int i = 0; i < 10; i++) {
      feed(pipe, stranger(1), request(1)); // the first one again and again
    }
    alone(pipe, 300 * SECOND);
    assertThat(pipe.server.sent.size()).isLessThanOrEqualTo(10 * 5 + 6);
  }

  @Test
  void whoAnswersGetsEverything() {
    Pipe pipe = new Pipe();
    answerWith(pipe, 500_000);
    App app = pipe.call(Pipe.bytes(10));
    assertThat(app.ok()).isTrue();
    assertThat(app.bytes()).hasSize(500_000);
    assertThat(pipe.server.endpoint.peers.strangers.count).isZero();
  }

  @Test
  void aReplyThatIsLostAsAWholeComesWhenTheClientAsksAgain() {
    Pipe pipe = new Pipe();
    answerWith(pipe, 100_000);
    int[] lost = {0};
    pipe.server.loses = p -> lost[0]++ < 6;
    App app = pipe.open();
    app.write(Pipe.bytes(10), true, pipe.now);
    pipe.pass(15 * SECOND);
    assertThat(app.ok()).isTrue();
    assertThat(app.bytes()).hasSize(100_000);
  }

  @Test
  void theSerialsOfAServiceConnectionBeginAnywhere() {
    Pipe pipe = new Pipe();
    for (int i = 0; i < 2; i++) {
      feed(pipe, stranger(i), request(i));
    }
    pipe.call(Pipe.bytes(10));
    List<Integer> serials =
        pipe.server.sent(p -> p.type() == PacketType.DATA).stream().map(Packet::serial).toList();
    assertThat(serials).hasSize(3).doesNotHaveDuplicates();
    assertThat(serials).allMatch(s -> s > 1000); // 30 bits: a few serials are hardly guessed
  }

  @Test
  void aFinalAckThatIsLostWithTheAnswersToTwoRepeatsIsAskedForAgain() {
    Pipe pipe = new Pipe(Tunables.defaults().with(Tunable.DEAD_TIME, 60 * SECOND));
    App app = pipe.open();
    pipe.client.loses = p -> p.type() == PacketType.ACK;
    app.write(Pipe.bytes(10), true, pipe.now);
    pipe.pass(5 * SECOND);
    assertThat(app.ok()).isTrue();
    assertThat(pipe.server.endpoint.liveCalls()).isEqualTo(1);
    pipe.client.loses = p -> false;
    pipe.pass(15 * SECOND);
    assertThat(pipe.server.served.getFirst().ok()).isTrue();
  }

  @Test
  @Tag("R-25")
  void ofTooManyNothingIsKeptUntilTheyAnswer() {
    Pipe pipe = new Pipe(Tunables.defaults().with(Tunable.STRANGERS, 2));
    pipe.server.handler = app -> {};
    feed(pipe, stranger(1), request(1));
    feed(pipe, stranger(2), request(2));
    pipe.server.sent.clear();
    feed(pipe, stranger(3), request(3));
    assertThat(pipe.server.endpoint.peerCount()).isEqualTo(2);
    Packet ping = pipe.server.sent.getLast();
    assertThat(ping.isAck(AckReason.PING)).isTrue();
    assertThat(ping.has(Flags.REQUEST_ACK)).isTrue();
    assertThat(ping.to()).isEqualTo(stranger(3));
    assertThat(ping.bytes().length).as("no amplification").isLessThanOrEqualTo(68);

    feed(pipe, stranger(3), pong(3, ping.serial() + 1));
    feed(pipe, stranger(4), pong(3, ping.serial()));
    assertThat(pipe.server.endpoint.peerCount()).as("a guess is no proof").isEqualTo(2);
    assertThat(counted(pipe, Counter.STRANGERS_PROVEN)).isZero();

    feed(pipe, stranger(3), pong(3, ping.serial()));
    assertThat(counted(pipe, Counter.STRANGERS_PROVEN)).isEqualTo(1);
    feed(pipe, stranger(3), request(3));
    assertThat(pipe.server.served).hasSize(3);
    assertThat(pipe.server.endpoint.peers.strangers.count).isEqualTo(2);
  }

  @Test
  void aPingIsGoodForSecondsOnly() {
    Pipe pipe = new Pipe(Tunables.defaults().with(Tunable.STRANGERS, 0));
    feed(pipe, stranger(3), request(3));
    int serial = pipe.server.sent.getLast().serial();
    pipe.now += 60 * SECOND;
    feed(pipe, stranger(3), pong(3, serial));
    assertThat(counted(pipe, Counter.STRANGERS_PROVEN)).isZero();
  }

  @Test
  void anHonestClientGetsThroughTheCrowd() {
    Pipe pipe = new Pipe(Tunables.defaults().with(Tunable.STRANGERS, 0));
    long begin = pipe.now;
    App app = pipe.open();
    app.write(Pipe.bytes(3000), true, pipe.now);
    pipe.pass(5 * SECOND);
    assertThat(app.ok()).isTrue();
    assertThat(pipe.now - begin).isLessThan(10 * SECOND);
    assertThat(pipe.call(Pipe.bytes(10)).ok()).isTrue();
    assertThat(counted(pipe, Counter.STRANGERS_PINGED)).isBetween(1L, 10L);
  }

  /** The driver says so: a batch had no room for more. */
  @Test
  @Tag("R-25")
  void whenMoreComeThanCanBeAnsweredStrangersAreShedAndNobodyElse() {
    Pipe pipe = new Pipe(Tunables.defaults().with(Tunable.STRANGER_BATCHES, 3));
    pipe.server.handler = app -> {};
    int n = 0;
    for (int batch = 0; batch < 3; batch++) {
      for (int i = 0; i < 16; i++, n++) {
        feed(pipe, stranger(n), request(n));
      }
      pipe.server.endpoint.batch(16, true);
    }
    assertThat(counted(pipe, Counter.STRANGERS_PINGED)).as("there was room").isZero();
    assertThat(pipe.server.served).hasSize(48);
    for (int i = 0; i < 800; i++, n++) {
      feed(pipe, stranger(n), request(n));
    }
    assertThat(counted(pipe, Counter.STRANGERS_PINGED)).isEqualTo(200);
    assertThat(counted(pipe, Counter.STRANGERS_IGNORED)).isEqualTo(600);
    assertThat(pipe.server.served).as("nothing more is kept of any").hasSize(48);
    pipe.server.endpoint.batch(800, true);

    pipe.server.endpoint.batch(3, false);
    pipe.server.handler = pipe.server::echo;
    App app = pipe.open(); // a newcomer
    app.write(Pipe.bytes(100), true, pipe.now);
    pipe.pass(SECOND);
    assertThat(app.ok()).as("it is over").isTrue();
    assertThat(counted(pipe, Counter.STRANGERS_IGNORED)).isEqualTo(600);
  }

  @Test
  void fullBatchesOfKnownPeersShedNobody() {
    Pipe pipe = new Pipe(Tunables.defaults().with(Tunable.STRANGER_BATCHES, 1));
    pipe.server.handler = app -> {};
    for (int n = 0; n < 20; n++) {
      feed(pipe, stranger(n), request(n));
      pipe.server.endpoint.batch(16, true); // the other 15 were somebody else's
    }
    assertThat(pipe.server.served).hasSize(20);
    assertThat(counted(pipe, Counter.STRANGERS_IGNORED)).isZero();
  }

  @Test
  void aNewcomerInTheCrowdIsServedWithoutATimeout() {
    Pipe pipe = new Pipe(Tunables.defaults().with(Tunable.STRANGERS, 0));
    App app = pipe.open();
    app.write(Pipe.bytes(3000), true, pipe.now);
    pipe.pass(100 * MS);
    assertThat(app.ok()).isTrue();
    assertThat(pipe.client.endpoint.counters().get(Counter.TIMEOUTS_RESEND)).isZero();
  }

  @Test
  @Tag("R-25")
  void aFloodOfFirstPacketsFillsNoTable() {
    Pipe pipe = new Pipe();
    assertThat(pipe.call(Pipe.bytes(10)).ok()).isTrue(); // one that is known
    long allocated = 0;
    for (int n = 0; n < 60_000; n++) {
      feed(pipe, stranger(n), request(n));
      pipe.server.sent.clear();
      pipe.now += MS / 20; // 20,000 a second
      if (n % 20_000 == 10_000) {
        App app = pipe.open();
        app.write(Pipe.bytes(100), true, pipe.now);
        while (app.call.completion() == null) {
          pipe.client.events();
          pipe.client.flush(pipe.server);
          pipe.server.events();
          pipe.server.flush(pipe.client);
        }
        assertThat(app.ok()).as("the known one is served as ever").isTrue();
      }
      if (n == 30_000) {
        allocated = pipe.server.pool.allocated();
      }
    }
    assertThat(pipe.server.endpoint.peerCount()).isLessThanOrEqualTo(1025);
    assertThat(pipe.server.endpoint.serviceConnections()).isLessThanOrEqualTo(4097);
    assertThat(pipe.server.pool.allocated()).isEqualTo(allocated);
    assertThat(counted(pipe, Counter.PEERS_REFUSED)).isZero();
    assertThat(counted(pipe, Counter.STRANGERS_PINGED)).isGreaterThan(50_000);
    alone(pipe, 700 * SECOND);
    assertThat(pipe.server.endpoint.liveCalls()).isZero();
    assertThat(pipe.server.endpoint.peers.strangers.count).isZero();
    assertThat(pipe.server.pool.outstanding()).isZero();
  }

  /**
   * Each asks for 100 kB and answers nothing: what lies ready for them must not be all there is.
   */
  @Test
  @Tag("R-25")
  void repliesToStrangersLeaveMemoryForOthers() {
    Pipe pipe = new Pipe(Tunables.defaults().with(Tunable.BUFFER_BYTES, 16 << 20));
    answerWith(pipe, 100_000);
    for (int n = 0; n < 1000; n++) {
      feed(pipe, stranger(n), request(n));
    }
    assertThat(pipe.server.pool.outstanding()).as("of 7 MiB").isLessThan(4 << 20);
    App app = pipe.open(); // and here comes one more, but honest
    app.write(Pipe.bytes(10), true, pipe.now);
    pipe.pass(100 * MS);
    assertThat(app.ok()).as("it answers a PING, and is served").isTrue();
    assertThat(app.bytes()).hasSize(100_000);
    assertThat(pipe.call(Pipe.bytes(10)).ok()).isTrue();
    alone(pipe, 700 * SECOND);
    assertThat(pipe.server.pool.outstanding()).isZero();
  }

  @Test
  void whoWaitsForMemoryIsAskedAgainWhenTheAnswerToThePingIsLost() {
    Pipe pipe = new Pipe(Tunables.defaults().with(Tunable.BUFFER_BYTES, 16 << 20));
    answerWith(pipe, 100_000);
    for (int n = 0; n < 1000; n++) {
      feed(pipe, stranger(n), request(n));
    }
    int[] answers = new int[1];
    pipe.client.loses = p -> p.isAck(AckReason.PING_RESPONSE) && answers[0]++ < 3;
    App app = pipe.open();
    app.write(Pipe.bytes(10), true, pipe.now);
    pipe.pass(10 * SECOND);
    assertThat(answers[0]).isGreaterThan(3);
    assertThat(app.ok()).isTrue();
  }

  @Test
  @Tag("R-25")
  void aStrangerGetsFewChallenges() {
    TestSecurity security = new TestSecurity(true);
    Pipe pipe = new Pipe(Tunables.defaults(), security);
    MemorySegment p = request(9);
    Header.setSecurityIndex(p, 0, TestSecurity.INDEX);
    feed(pipe, stranger(9), p);
    alone(pipe, 300 * SECOND);
    assertThat(pipe.server.count(x -> x.type() == PacketType.CHALLENGE)).isBetween(1, 3);
    assertThat(pipe.server.endpoint.serviceConnections()).isZero();
  }

  @Test
  void aStrangersConnectionsAreBounded() {
    Pipe pipe = new Pipe(Tunables.defaults().with(Tunable.STRANGER_CONNECTIONS, 10));
    pipe.server.handler = app -> {};
    for (int n = 1; n <= 50; n++) {
      feed(pipe, stranger(1), request(n));
    }
    assertThat(pipe.server.endpoint.serviceConnections()).isEqualTo(10);
    assertThat(counted(pipe, Counter.STRANGERS_PINGED)).isEqualTo(40);
    List<Packet> pings = pipe.server.sent(x -> x.isAck(AckReason.PING));
    assertThat(pings).hasSize(41); // one of them when it began to want much
    feed(pipe, stranger(1), pong(8, pings.getFirst().serial()));
    feed(pipe, stranger(1), request(51));
    assertThat(pipe.server.endpoint.serviceConnections()).as("it answered").isEqualTo(11);
  }
}
