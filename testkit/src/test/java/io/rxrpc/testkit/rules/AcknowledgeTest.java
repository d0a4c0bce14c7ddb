// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.rules;

import static io.rxrpc.testkit.PacketFilter.ack;
import static io.rxrpc.testkit.PacketFilter.data;
import static io.rxrpc.testkit.PacketFilter.seq;
import static io.rxrpc.testkit.SimNet.ms;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.PacketBuilder;
import io.rxrpc.testkit.SimCall;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.PacketType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hard and soft ACKs, round trips and windows: pitfalls section 3. */
class AcknowledgeTest {
  private final ScriptedPair bench = new ScriptedPair();

  private static PacketBuilder soft(int first, int about, boolean... acks) {
    return PacketBuilder.ack(AckReason.REQUESTED, first, first + acks.length - 1, about, 32, acks);
  }

  @Test
  @Tag("R-33")
  void whatWasSoftAckedIsSentAgainWhenItIsNacked() {
    bench.call(new byte[5000]);
    List<Datagram> sent = bench.peer.collect(ms(20));
    assertThat(sent).hasSize(4);
    Datagram last = sent.getLast();
    bench.peer.answer(last, soft(1, last.serial(), true, true, true, true));
    assertThat(bench.peer.collect(ms(1000))).filteredOn(Datagram::isData).isEmpty();

    bench.peer.answer(
        last, PacketBuilder.ack(AckReason.OUT_OF_SEQUENCE, 1, 4, 0, 32, true, false, true, true));
    Datagram again = bench.peer.await(data());
    assertThat(again.seq()).isEqualTo(2);
    assertThat(again.serial()).isGreaterThan(last.serial());
    assertThat(again.bytes()).endsWith(new byte[1412]);
  }

  @Test
  @Tag("R-34")
  void aServersLastPacketNeverAsksForAnAck() { // R-34, not even when it is sent again
    bench.request(1);
    int times = 0;
    for (Datagram d : bench.peer.collect(ms(15_000))) {
      if (d.isData()) {
        assertThat(d.has(Flags.LAST_PACKET)).isTrue();
        assertThat(d.has(Flags.REQUEST_ACK)).isFalse();
        times++;
      }
    }
    assertThat(times).isGreaterThan(1); // a silent stranger is not told often
  }

  @Test
  @Tag("R-35")
  void aTimersAckNamesNoSerial() {
    bench.think = ms(5000);
    bench.request(1);
    Datagram delayed = bench.peer.await(ack());
    assertThat(Ack.reason(delayed.memory(), 0)).isIn(AckReason.DELAY, AckReason.IDLE);
    assertThat(Ack.serial(delayed.memory(), 0)).isZero();
  }

  @Test
  @Tag("R-36")
  void onlyAnswersMeasureTheRoundTripAndOnlyOnce() {
    SimCall call = bench.call(new byte[1]);
    Datagram request = bench.peer.expect(data());
    bench.net.runFor(ms(49));
    bench.peer.answer(
        request, PacketBuilder.ack(AckReason.DELAY, 1, 1, request.serial(), 32, true));
    bench.peer.collect(ms(100));
    assertThat(call.call().roundTrip()).as("a delayed ACK measures the delay").isZero();

    ScriptedPair other = new ScriptedPair();
    call = other.call(new byte[1]);
    request = other.peer.expect(data());
    other.net.runFor(ms(8));
    other.peer.answer(request, soft(1, request.serial(), true));
    other.peer.collect(ms(5));
    assertThat(call.call().roundTrip()).isEqualTo(ms(10));
    other.peer.answer(request, soft(1, request.serial(), true)); // the same serial again
    other.peer.answer(request, soft(1, 0, true)); // none
    other.peer.collect(ms(5));
    assertThat(call.call().roundTrip()).isEqualTo(ms(10));
  }

  @Test
  @Tag("R-37")
  void anOlderAckIsIgnoredWholly() { // its SACK and its window too
    SimCall call = bench.call(new byte[100_000]);
    Datagram tenth = bench.peer.await(data(seq(10)));
    bench.peer.answer(tenth, PacketBuilder.ack(AckReason.IDLE, 9, 10, 0, 32, true, true));
    List<Datagram> more = bench.peer.collect(ms(20));
    assertThat(more).filteredOn(Datagram::isData).allMatch(d -> d.seq() > 10).isNotEmpty();

    bench.peer.answer(
        tenth, PacketBuilder.ack(AckReason.OUT_OF_SEQUENCE, 2, 4, 0, 1, false, false, true));
    assertThat(bench.peer.collect(ms(20))).isEmpty();
    Datagram last = more.getLast();
    bench.peer.answer(last, PacketBuilder.ack(AckReason.IDLE, last.seq() + 1, last.seq(), 0, 32));
    assertThat(bench.peer.collect(ms(20)))
        .as("the window is still 32")
        .filteredOn(d -> d.isData() && d.seq() > last.seq() + 1)
        .isNotEmpty();
    assertThat(call.isComplete()).isFalse();
  }

  @Test
  @Tag("R-37")
  void anAckOfWhatWasNeverSentIsIgnored() {
    bench.call(new byte[5000]);
    Datagram first = bench.peer.expect(data());
    bench.peer.collect(ms(20));
    bench.peer.answer(first, PacketBuilder.ack(AckReason.IDLE, 100, 99, 0, 32));
    bench.peer.collect(ms(100));
    assertThat(bench.live()).isEqualTo(1);
    Datagram again = bench.peer.await(data());
    assertThat(again.seq()).as("one of them is sent again").isBetween(1, 4);
  }

  @Test
  @Tag("R-38")
  void aClosedWindowIsProbedAndReopens() {
    bench.call(new byte[100_000]);
    Datagram tenth = bench.peer.await(data(seq(10)));
    bench.peer.answer(tenth, PacketBuilder.ack(AckReason.IDLE, 11, 10, 0, 0));
    List<Datagram> closed = bench.peer.collect(ms(5000));
    assertThat(closed).noneMatch(Datagram::isData);
    assertThat(closed).as("pings").filteredOn(ack(AckReason.PING)).hasSizeBetween(1, 20);
    Datagram ping = closed.getLast();
    bench.peer.answer(ping, PacketBuilder.ack(AckReason.PING_RESPONSE, 11, 10, ping.serial(), 8));
    List<Datagram> reopened = bench.peer.collect(ms(20));
    assertThat(reopened).filteredOn(Datagram::isData).hasSize(8);
  }

  @Test
  @Tag("R-6")
  void previousPacketMayBeAnything() { // old OpenAFS puts a serial there
    bench.call(new byte[5000]);
    List<Datagram> sent = bench.peer.collect(ms(20));
    bench.peer.answer(
        sent.getLast(), PacketBuilder.ack(AckReason.IDLE, 3, 0x7fff0000, 0, 32, true, true));
    bench.peer.answer(sent.getLast(), PacketBuilder.ack(AckReason.IDLE, 5, 1, 0, 32));
    assertThat(bench.peer.collect(ms(1000))).noneMatch(Datagram::isData);
  }

  @Test
  @Tag("R-3")
  void theWindowOfATrailerIsClampedToOurs() {
    bench.call(new byte[1_000_000]);
    Datagram tenth = bench.peer.await(data(seq(10)));
    int edge = 1;
    int highest = 10;
    for (int round = 0; round < 40; round++) {
      boolean[] acks = new boolean[Math.min(255, highest - edge + 1)];
      Arrays.fill(acks, true);
      bench.peer.answer(
          tenth, PacketBuilder.ack(AckReason.IDLE, edge, highest, 0, Integer.MAX_VALUE, acks));
      for (Datagram d : bench.peer.collect(ms(5))) {
        highest = d.isData() ? Math.max(highest, d.seq()) : highest;
      }
    }
    assertThat(highest).isLessThanOrEqualTo(255);
  }

  @Test
  void replyDataAcksTheRequest() { // calls.md section 5
    SimCall call = bench.call(new byte[5000]);
    List<Datagram> sent = bench.peer.collect(ms(20));
    bench.peer.answer(sent.getLast(), PacketBuilder.data(1, new byte[10]));
    assertThat(bench.peer.collect(ms(5000))).noneMatch(Datagram::isData);
    bench.peer.answer(sent.getLast(), PacketBuilder.data(2, new byte[10]).flags(Flags.LAST_PACKET));
    bench.peer.collect(ms(100));
    assertThat(call.ok()).isTrue();
    assertThat(call.reply()).hasSize(20);
  }

  @Test
  void anEarlyReplyAbortsTheCall() { // calls.md section 3, as Linux
    SimCall call = bench.call(new byte[1_000_000]);
    Datagram first = bench.peer.expect(data());
    bench.peer.answer(first, PacketBuilder.data(1, new byte[10]));
    Datagram abort = bench.peer.await(d -> d.type() == PacketType.ABORT);
    assertThat(abort.callNumber()).isEqualTo(first.callNumber());
    assertThat(call.ok()).isFalse();
  }

  @Test
  void theFinalAckComesSoonAndIsRepeatedForDataAndPing() { // calls.md sections 5 and 6
    SimCall call = bench.call(new byte[10]);
    Datagram request = bench.peer.expect(data());
    bench.reply(request, new byte[3]);
    Datagram end = bench.peer.expect(ack(AckReason.REQUESTED)); // reply-acks
    assertThat(call.ok()).isTrue();
    assertThat(Ack.serial(end.memory(), 0)).isEqualTo(bench.peer.lastSerial());
    assertThat(bench.net.elapsed()).isLessThan(ms(400));
    assertThat(Ack.firstPacket(end.memory(), 0)).isEqualTo(2);

    bench.reply(request, new byte[3]);
    Datagram again = bench.peer.expect(ack(AckReason.DUPLICATE));
    assertThat(Ack.serial(again.memory(), 0)).isEqualTo(bench.peer.lastSerial());
    assertThat(Ack.firstPacket(again.memory(), 0)).isEqualTo(2);

    bench.peer.answer(
        request, PacketBuilder.ack(AckReason.PING, 2, 1, 0, 32).flags(Flags.REQUEST_ACK));
    bench.peer.expect(ack(AckReason.PING_RESPONSE));
    bench.peer.answer(request, PacketBuilder.ack(AckReason.IDLE, 2, 1, 0, 32));
    bench.peer.answer(request, PacketBuilder.ack(AckReason.PING_RESPONSE, 2, 1, 9, 32));
    assertThat(bench.answers()).isEmpty();
  }
}
