// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.packet.AckDelta;
import io.rxrpc.engine.packet.Block;
import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.engine.packet.BufferPool.Use;
import io.rxrpc.engine.packet.TransmitQueue;
import io.rxrpc.engine.policy.NewReno;
import io.rxrpc.engine.policy.PathWindow;
import io.rxrpc.engine.policy.Rack;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransmitQueueTest {
  private final BufferPool pool = new BufferPool(Pipe.MARKED, 1 << 20);
  private final Block block = Objects.requireNonNull(pool.take(512, Use.SEND));

  private final PathWindow path = new PathWindow(new NewReno(10, 255), 10);
  private final Rack rack = new Rack(3);

  /** A clock; each transmission is a microsecond later. */
  private long now = 1_000_000_000;

  private TransmitQueue queue(int first, int packets) {
    TransmitQueue tx = new TransmitQueue(pool, first, rack, path);
    for (int i = 0; i < packets; i++) {
      assertThat(tx.append(block, i, 100 + i, false)).isTrue();
    }
    return tx;
  }

  private void send(TransmitQueue tx, int packets, int firstSerial) {
    for (int i = 0; i < packets; i++) {
      sent(tx, tx.next(), firstSerial + i);
    }
  }

  private void sent(TransmitQueue tx, int seq, int serial) {
    now += 1000;
    tx.sent(seq, serial, now);
  }

  /** An ACK a millisecond later. */
  private int ack(TransmitQueue tx, int seq, int ackSerial) {
    now += 1_000_000;
    AckDelta delta = tx.beginAck(0);
    tx.ack(seq, ackSerial, now);
    return delta.newly;
  }

  private int detectLost(TransmitQueue tx) {
    return tx.losses.detect(tx.firstUnacked(), now, 1_000_000, 1_000_000, false);
  }

  private void assertAllReturned() {
    pool.release(block);
    assertThat(pool.outstanding()).isZero();
  }

  /** Hard-acks everything up to a packet; returns how many were not acked before. */
  private static int hardAck(TransmitQueue tx, int seq, int ackSerial, long now) {
    AckDelta delta = tx.beginAck(0);
    tx.hardAck(seq, ackSerial, now);
    return delta.newly;
  }

  @Test
  void whatIsAckedGivesItsMemoryBack() {
    TransmitQueue tx = queue(1, 10);
    assertThat(block.uses).isEqualTo(11);
    send(tx, 10, 1);
    assertThat(hardAck(tx, 4, 4, now)).isEqualTo(4);
    assertThat(block.uses).isEqualTo(7);
    assertThat(ack(tx, 6, 6)).isEqualTo(1);
    assertThat(block.uses).as("a soft ack keeps it").isEqualTo(7);
    assertThat(hardAck(tx, 10, 10, now)).isEqualTo(5);
    assertThat(tx.size()).isZero();
    assertAllReturned();
  }

  @Test
  @Tag("R-33")
  void aSoftAckMayBeWithdrawn() {
    TransmitQueue tx = queue(1, 5);
    send(tx, 5, 1);
    ack(tx, 2, 2);
    assertThat(tx.inFlight()).isEqualTo(4);
    tx.nack(2);
    assertThat(tx.lost()).isEqualTo(1);
    assertThat(tx.firstLost()).isEqualTo(2);
    assertThat(tx.block(2)).isSameAs(block);
    sent(tx, 2, 6);
    assertThat(tx.lost()).isZero();
    assertThat(tx.inFlight()).isEqualTo(5);
    tx.nack(3);
    assertThat(tx.lost()).as("a NACK of what was never acked is no news").isZero();
    tx.clear();
    assertAllReturned();
  }

  @Test
  void threeLaterAcksAreALoss() {
    TransmitQueue tx = queue(1, 6);
    send(tx, 6, 1);
    ack(tx, 2, 2);
    ack(tx, 3, 3);
    assertThat(detectLost(tx)).isZero();
    ack(tx, 4, 4);
    assertThat(detectLost(tx)).isEqualTo(1);
    assertThat(tx.firstLost()).isEqualTo(1);
    assertThat(detectLost(tx)).as("found once").isZero();
    sent(tx, 1, 7);
    ack(tx, 5, 5);
    ack(tx, 6, 6);
    assertThat(detectLost(tx)).as("what was sent again is younger than those").isZero();
    assertThat(tx.firstUnacked()).isEqualTo(1);
    tx.clear();
    assertAllReturned();
  }

  @Test
  void anAckOfTheFirstTransmissionProvesNothingAboutTheSecond() {
    TransmitQueue tx = queue(1, 6);
    send(tx, 5, 1);
    tx.losses.loseBetween(-1, Integer.MAX_VALUE);
    assertThat(tx.lost()).isEqualTo(5);
    assertThat(tx.inFlight()).isZero();
    for (int seq = 1; seq <= 5; seq++) {
      sent(tx, seq, 10 + seq);
    }
    // the answers to the first transmissions come late
    ack(tx, 4, 4);
    ack(tx, 5, 5);
    assertThat(detectLost(tx)).isZero();
    // and now one to the second transmission of 5
    tx.nack(5);
    sent(tx, 5, 16);
    ack(tx, 5, 16);
    assertThat(detectLost(tx)).isEqualTo(3);
    tx.clear();
    assertAllReturned();
  }

  @ParameterizedTest(name = "starting at {0}")
  @CsvSource({"0x7ffffff0", "0xfffffe00", "0x80000000", "1"})
  @Tag("R-9")
  void isModular(String from) {
    int first = (int) Long.decode(from).longValue();
    TransmitQueue tx = queue(first, 40);
    send(tx, 40, -20 + 1000); // serials are only compared
    assertThat(hardAck(tx, first + 19, 0, now)).isEqualTo(20);
    ack(tx, first + 39, 0);
    ack(tx, first + 38, 0);
    assertThat(detectLost(tx)).isEqualTo(18);
    assertThat(tx.firstLost()).isEqualTo(first + 20);
    assertThat(tx.unsent()).isZero();
    assertThat(hardAck(tx, first + 39, 0, now)).isEqualTo(18);
    assertThat(tx.size()).isZero();
    assertAllReturned();
  }

  @Test
  @Tag("R-9")
  void onlyTheLastPacketMayHaveTheLastSequenceNumber() {
    TransmitQueue tx = new TransmitQueue(pool, -4, rack, path);
    assertThat(tx.append(block, 0, 1, false)).isTrue(); // 0xfffffffc
    assertThat(tx.append(block, 0, 1, false)).isTrue();
    assertThat(tx.append(block, 0, 1, false)).isTrue();
    assertThat(tx.append(block, 0, 1, false)).as("0xffffffff without LAST").isFalse();
    assertThat(tx.append(block, 0, 1, true)).as("0xffffffff with LAST").isTrue();
    assertThat(tx.top()).isEqualTo(-1);
    assertThat(tx.append(block, 0, 1, true)).as("0 is no sequence number").isFalse();
    assertThat(tx.vacant()).isZero();
    send(tx, 4, 1);
    assertThat(tx.isLast(-1)).isTrue();
    assertThat(tx.isLast(-2)).isFalse();
    tx.hardAck(-1, 4, now);
    assertThat(tx.drained()).isTrue();
    assertAllReturned();
  }

  @Test
  void doesWhatASimpleModelDoes() {
    for (long seed = 1; seed <= 30; seed++) {
      Random random = new Random(seed);
      int first = random.nextBoolean() ? 0x7fffffff - random.nextInt(600) : random.nextInt() | 1;
      new Model(random, first, "seed " + seed).run(3000);
    }
    assertAllReturned();
  }

  /** A packet as the model sees it. */
  private static final class P {
    boolean acked;
    boolean lost;
    final int length;

    P(int length) {
      this.length = length;
    }
  }

  private final class Model {
    final Random random;
    final String name;
    final int first;
    final TransmitQueue tx;
    final List<P> all = new ArrayList<>();
    int hard;
    int next;
    int serial = -50;

    Model(Random random, int first, String name) {
      this.random = random;
      this.name = name;
      this.first = first;
      tx = new TransmitQueue(pool, first, new Rack(3), path);
    }

    void run(int steps) {
      for (int i = 0; i < steps; i++) {
        step();
        check();
      }
      tx.clear();
      assertThat(tx.size()).as(name).isZero();
      assertThat(path.inFlight).as(name).isZero();
      assertThat(block.uses).as(name).isEqualTo(1);
    }

    private void step() {
      switch (random.nextInt(7)) {
        case 0, 1 -> {
          for (int k = random.nextInt(20); k > 0 && tx.vacant() > 0; k--) {
            int n = random.nextInt(1500);
            tx.append(block, n, n, false);
            all.add(new P(n));
          }
        }
        case 2, 3 -> {
          for (int k = random.nextInt(12); k > 0; k--) {
            sendOne();
          }
        }
        case 4 -> {
          int to = hard + random.nextInt(Math.max(1, (next - hard) / 2 + 1));
          int expected = 0;
          for (; hard < to; hard++) {
            expected += all.get(hard).acked ? 0 : 1;
            all.get(hard).acked = true;
          }
          assertThat(hardAck(tx, first + hard - 1, 0, now)).as(name).isEqualTo(expected);
        }
        case 5 -> {
          for (int i = hard; i < next; i++) {
            P p = all.get(i);
            if (random.nextInt(4) == 0) {
              assertThat(ack(tx, first + i, 0)).as(name).isEqualTo(p.acked ? 0 : 1);
              p.acked = true;
              p.lost = false;
            } else if (random.nextInt(10) == 0) {
              tx.nack(first + i);
              p.lost |= p.acked;
              p.acked = false;
            }
          }
        }
        default -> {
          if (random.nextInt(5) == 0) {
            tx.losses.loseBetween(-1, Integer.MAX_VALUE);
            for (int i = hard; i < next; i++) {
              all.get(i).lost |= !all.get(i).acked;
            }
          }
        }
      }
    }

    private void sendOne() {
      if (tx.lost() > 0) {
        int i = tx.firstLost() - first;
        assertThat(all.get(i).lost).as(name).isTrue();
        all.get(i).lost = false;
        sent(tx, first + i, serial++);
      } else if (next < all.size()) {
        next++;
        sent(tx, tx.next(), serial++);
      }
    }

    private void check() {
      int lost = 0;
      int flight = 0;
      int unacked = -1;
      for (int i = hard; i < next; i++) {
        P p = all.get(i);
        lost += p.lost ? 1 : 0;
        flight += p.acked || p.lost ? 0 : 1;
        unacked = unacked < 0 && !p.acked ? i : unacked;
      }
      assertThat(tx.lost()).as(name).isEqualTo(lost);
      assertThat(tx.inFlight()).as(name).isEqualTo(flight);
      assertThat(path.inFlight).as(name).isEqualTo(flight);
      assertThat(tx.next()).as(name).isEqualTo(first + next);
      assertThat(tx.hardAcked()).as(name).isEqualTo(first + hard - 1);
      assertThat(tx.top()).as(name).isEqualTo(first + all.size() - 1);
      assertThat(tx.size()).as(name).isEqualTo(all.size() - hard);
      assertThat(tx.unsent()).as(name).isEqualTo(all.size() - next);
      assertThat(tx.vacant()).as(name).isEqualTo(TransmitQueue.CAPACITY - all.size() + hard);
      assertThat(tx.firstUnacked()).as(name).isEqualTo(first + (unacked < 0 ? next : unacked));
      assertThat(block.uses).as(name).isEqualTo(1 + all.size() - hard);
      if (!all.isEmpty() && hard < all.size()) {
        int i = hard + random.nextInt(all.size() - hard);
        assertThat(tx.length(first + i)).as(name).isEqualTo(all.get(i).length);
        assertThat(tx.offset(first + i)).as(name).isEqualTo(all.get(i).length);
      }
    }
  }
}
