// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.packet.Block;
import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.engine.packet.BufferPool.Use;
import io.rxrpc.engine.packet.PacketRun;
import io.rxrpc.engine.packet.ReceiveQueue;
import io.rxrpc.engine.packet.ReceiveQueue.Result;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiveQueueTest {
  private static final MemorySegment DATA = MemorySegment.ofArray(Pipe.bytes(100_000));

  private final BufferPool pool = new BufferPool(Pipe.MARKED, 1 << 20);
  private final PacketRun run = new PacketRun();

  private static Result insert(ReceiveQueue rx, int seq) {
    return rx.insert(seq, false, DATA, seq & 0xfff, 100, seq & 0xffff);
  }

  private static Result insertLast(ReceiveQueue rx, int seq) {
    return rx.insert(seq, true, DATA, seq & 0xfff, 100, seq & 0xffff);
  }

  private int read(ReceiveQueue rx, int most) {
    int n = Math.min(rx.fetch(run), most);
    for (int k = 0; k < n; k++) {
      int seq = run.seq(k);
      assertThat(run.length(k)).isEqualTo(100);
      assertThat(run.checksum(k)).isEqualTo(seq & 0xffff);
      assertThat(run.memory(k).asSlice(run.offset(k), 100).mismatch(DATA.asSlice(seq & 0xfff, 100)))
          .isEqualTo(-1);
    }
    rx.consume(n);
    return n;
  }

  @ParameterizedTest(name = "starting at {0}")
  @CsvSource({"1", "0x7ffffffe", "0x80000000", "0xffffff00"})
  @Tag("R-9")
  void whatIsInOrderIsHardAckedAndTheWindowEndsWhereItDid(String from) {
    int f = (int) Long.decode(from).longValue();
    ReceiveQueue rx = new ReceiveQueue(pool, 8, f);
    assertThat(rx.hardAcked()).isEqualTo(f - 1);
    for (int seq = f; seq != f + 8; seq++) {
      insert(rx, seq);
      int edge = rx.hardAcked() + rx.rwind(rx.hardAcked());
      assertThat(edge).isEqualTo(f + 7);
      assertThat(rx.rwind(rx.hardAcked())).as("never told to be closed").isPositive();
    }
    assertThat(rx.hardAcked()).isEqualTo(f + 6);
    assertThat(rx.tight()).isTrue();
    rx.told();
    assertThat(read(rx, 3)).isEqualTo(3);
    assertThat(rx.hardAcked()).isEqualTo(f + 7);
    assertThat(rx.rwind(rx.hardAcked())).isEqualTo(3);
    assertThat(rx.tight()).as("the sender knows of nothing yet").isTrue();
    read(rx, 5);
    rx.told();
    assertThat(rx.tight()).isFalse();
    insertLast(rx, f + 8);
    assertThat(rx.hardAcked()).isEqualTo(f + 8);
    assertThat(rx.rwind(rx.hardAcked())).as("nothing more can come").isEqualTo(8);
  }

  @Test
  void whatIsBehindAHoleIsNotHardAcked() {
    ReceiveQueue rx = new ReceiveQueue(pool, 32, 1);
    insert(rx, 1);
    insert(rx, 3);
    assertThat(rx.hardAcked()).isEqualTo(1);
    insert(rx, 2);
    assertThat(rx.hardAcked()).isEqualTo(3);
  }

  @ParameterizedTest(name = "starting at {0}")
  @CsvSource({"1", "0x7ffffffe", "0x80000000", "0xffffff00"})
  @Tag("R-9")
  void holesAndDuplicates(String from) {
    int f = (int) Long.decode(from).longValue();
    ReceiveQueue rx = new ReceiveQueue(pool, 32, f);
    assertThat(insert(rx, f)).isEqualTo(Result.IN_ORDER);
    assertThat(insert(rx, f)).isEqualTo(Result.DUPLICATE);
    assertThat(insert(rx, f + 2)).isEqualTo(Result.OUT_OF_ORDER);
    assertThat(insert(rx, f + 2)).isEqualTo(Result.DUPLICATE);
    assertThat(insert(rx, f + 4)).isEqualTo(Result.OUT_OF_ORDER);
    assertThat(rx.highest()).isEqualTo(f + 4);
    assertThat(rx.has(f + 1)).isFalse();
    assertThat(rx.has(f + 2)).isTrue();
    assertThat(rx.readable()).isEqualTo(1);
    assertThat(insert(rx, f + 1)).isEqualTo(Result.FILLED_HOLE);
    assertThat(rx.readable()).isEqualTo(3);
    assertThat(insertLast(rx, f + 5)).isEqualTo(Result.OUT_OF_ORDER);
    assertThat(rx.complete()).isFalse();
    assertThat(insert(rx, f + 3)).isEqualTo(Result.FILLED_HOLE);
    assertThat(rx.complete()).isTrue();
    assertThat(read(rx, 99)).isEqualTo(6);
    assertThat(rx.finished()).isTrue();
    assertThat(insert(rx, f + 3)).isEqualTo(Result.DUPLICATE);
    assertThat(pool.outstanding()).isZero();
  }

  @Test
  @Tag("R-26")
  void theWindowBoundsWhatIsKept() {
    ReceiveQueue rx = new ReceiveQueue(pool, 4, 1);
    assertThat(insert(rx, 5)).isEqualTo(Result.BEYOND_WINDOW);
    assertThat(insert(rx, 4)).isEqualTo(Result.OUT_OF_ORDER);
    assertThat(insert(rx, 1)).isEqualTo(Result.IN_ORDER);
    assertThat(insert(rx, 5)).as("arrived is not read").isEqualTo(Result.BEYOND_WINDOW);
    assertThat(read(rx, 1)).isEqualTo(1);
    assertThat(insert(rx, 5)).isEqualTo(Result.OUT_OF_ORDER);
    rx.window(8);
    assertThat(insert(rx, 9)).isEqualTo(Result.OUT_OF_ORDER);
    rx.window(2);
    assertThat(rx.window()).as("a window never closes").isEqualTo(8);
    assertThat(rx.held()).isEqualTo(3);
    rx.clear();
    assertThat(pool.outstanding()).isZero();
  }

  @Test
  void contradictionsOfTheLastPacket() {
    ReceiveQueue rx = new ReceiveQueue(pool, 32, 1);
    insert(rx, 1);
    insert(rx, 5);
    assertThat(insertLast(rx, 3)).as("5 was here").isEqualTo(Result.BEYOND_LAST);
    assertThat(insertLast(rx, 7)).isEqualTo(Result.OUT_OF_ORDER);
    assertThat(insertLast(rx, 7)).isEqualTo(Result.DUPLICATE);
    assertThat(insert(rx, 8)).isEqualTo(Result.BEYOND_LAST);
    assertThat(insertLast(rx, 6)).isEqualTo(Result.BEYOND_LAST);
    assertThat(insertLast(rx, 9)).isEqualTo(Result.BEYOND_LAST);
    rx.clear();
    assertThat(pool.outstanding()).isZero();
  }

  @Test
  void theLastPacketMayHaveTheLastSequenceNumber() {
    ReceiveQueue rx = new ReceiveQueue(pool, 32, -2);
    assertThat(insertLast(rx, -1)).isEqualTo(Result.OUT_OF_ORDER);
    assertThat(insert(rx, -2)).isEqualTo(Result.FILLED_HOLE);
    assertThat(rx.complete()).isTrue();
    assertThat(read(rx, 2)).isEqualTo(2);
    assertThat(rx.finished()).isTrue();
    assertThat(pool.outstanding()).isZero();
  }

  @Test
  void clearingWaitsForTheReader() {
    ReceiveQueue rx = new ReceiveQueue(pool, 32, 1);
    for (int seq = 1; seq <= 10; seq++) {
      insert(rx, seq);
    }
    assertThat(rx.fetch(run)).isEqualTo(10);
    rx.clear();
    assertThat(pool.outstanding()).as("somebody reads it").isPositive();
    assertThat(run.memory(9).asSlice(run.offset(9), 100).mismatch(DATA.asSlice(10, 100)))
        .isEqualTo(-1);
    rx.consume(4);
    assertThat(pool.outstanding()).isZero();
    assertThat(rx.readable()).isZero();
    assertThat(rx.fetch(run)).isZero();
    assertThat(insert(rx, 11)).as("nothing is taken any more").isEqualTo(Result.BEYOND_WINDOW);
    rx.clear();
    rx.consume(0);
    assertThat(pool.outstanding()).isZero();
  }

  @Test
  void withoutMemoryAPacketIsDroppedAndTakenLater() {
    List<Block> hog = new ArrayList<>();
    for (Block b = pool.take(1, Use.RECEIVE); b != null; b = pool.take(1, Use.RECEIVE)) {
      hog.add(b);
    }
    ReceiveQueue rx = new ReceiveQueue(pool, 32, 1);
    assertThat(insert(rx, 1)).isEqualTo(Result.NO_SPACE);
    assertThat(rx.has(1)).isFalse();
    assertThat(rx.highest()).isZero();
    hog.forEach(pool::release);
    assertThat(insert(rx, 1)).isEqualTo(Result.IN_ORDER);
    rx.clear();
    assertThat(pool.outstanding()).isZero();
  }

  @Test
  void emptyPacketsCount() {
    ReceiveQueue rx = new ReceiveQueue(pool, 32, 1);
    assertThat(rx.insert(1, false, DATA, 0, 0, 0)).isEqualTo(Result.IN_ORDER);
    assertThat(rx.insert(2, true, DATA, 0, 0, 0)).isEqualTo(Result.IN_ORDER);
    assertThat(rx.fetch(run)).isEqualTo(2);
    rx.consume(2);
    assertThat(rx.finished()).isTrue();
    assertThat(pool.outstanding()).isZero();
  }

  @Test
  @Tag("R-14")
  void theDatagramIsCopiedAndLeftAlone() {
    ReceiveQueue rx = new ReceiveQueue(pool, 32, 1);
    byte[] datagram = Pipe.bytes(100);
    MemorySegment p = MemorySegment.ofArray(datagram);
    rx.insert(1, true, p, 0, 100, 0);
    assertThat(datagram).isEqualTo(Pipe.bytes(100));
    p.fill((byte) 0);
    rx.fetch(run);
    assertThat(run.memory(0).asSlice(run.offset(0), 100).toArray(ValueLayout.JAVA_BYTE))
        .isEqualTo(Pipe.bytes(100));
    rx.consume(1);
  }

  @Test
  void doesWhatASimpleModelDoes() {
    for (long seed = 1; seed <= 40; seed++) {
      Random random = new Random(seed);
      String name = "seed " + seed;
      int first = random.nextBoolean() ? 0x7fffffff - random.nextInt(300) : -1000;
      int window = 1 + random.nextInt(255);
      int last = random.nextInt(900);
      ReceiveQueue rx = new ReceiveQueue(pool, window, first);
      Map<Integer, Boolean> has = new HashMap<>();
      int consumed = 0; // packets, as all numbers of the model
      int inOrder = 0;
      while (consumed <= last) {
        for (int k = random.nextInt(40); k > 0; k--) {
          int i = Math.max(0, inOrder - 10 + random.nextInt(window + 20));
          if (i <= last) {
            Result r = i == last ? insertLast(rx, first + i) : insert(rx, first + i);
            if (has.containsKey(i)) {
              assertThat(r).as(name).isEqualTo(Result.DUPLICATE);
            } else if (i >= consumed + window) {
              assertThat(r).as(name).isEqualTo(Result.BEYOND_WINDOW);
            } else {
              has.put(i, true);
              boolean inOrderNow = i == inOrder;
              int before = inOrder;
              while (has.containsKey(inOrder)) {
                inOrder++;
              }
              assertThat(r)
                  .as(name)
                  .isEqualTo(
                      !inOrderNow
                          ? Result.OUT_OF_ORDER
                          : inOrder > before + 1 ? Result.FILLED_HOLE : Result.IN_ORDER);
            }
          }
        }
        consumed += read(rx, random.nextInt(80));
        assertThat(rx.consumed()).as(name).isEqualTo(first + consumed - 1);
        assertThat(rx.inOrder()).as(name).isEqualTo(first + inOrder - 1);
        assertThat(rx.readable()).as(name).isEqualTo(inOrder - consumed);
        assertThat(rx.held()).as(name).isLessThanOrEqualTo(window);
        assertThat(rx.complete()).as(name).isEqualTo(inOrder == last + 1);
        int probe = Math.max(0, inOrder - 5 + random.nextInt(window));
        assertThat(rx.has(first + probe)).as(name).isEqualTo(has.containsKey(probe));
      }
      assertThat(rx.finished()).as(name).isTrue();
      assertThat(pool.outstanding()).as(name).isZero();
    }
  }

  /** What lies in a block that was lent is neither copied nor given up before it was read. */
  @Test
  void whatIsLentStaysWhereItIs() {
    ReceiveQueue rx = new ReceiveQueue(pool, 32, 1);
    Block lent = Objects.requireNonNull(pool.take(65_536, Use.RECEIVE));
    lent.memory.set(ValueLayout.JAVA_BYTE, 5000, (byte) 42);
    assertThat(rx.insert(2, true, lent.memory, 4000, 4000, 7, lent)).isEqualTo(Result.OUT_OF_ORDER);
    assertThat(rx.insert(2, true, lent.memory, 4000, 4000, 7, lent)).isEqualTo(Result.DUPLICATE);
    assertThat(rx.insert(1, false, lent.memory, 100, 1412, 8, lent)).isEqualTo(Result.FILLED_HOLE);
    assertThat(lent.uses).isEqualTo(3);
    pool.release(lent);
    assertThat(rx.fetch(run)).isEqualTo(2);
    assertThat(run.memory(1)).isSameAs(lent.memory);
    assertThat(run.offset(1)).isEqualTo(4000);
    assertThat(run.memory(1).get(ValueLayout.JAVA_BYTE, 5000)).isEqualTo((byte) 42);
    assertThat(pool.outstanding()).isEqualTo(65_536);
    rx.consume(2);
    assertThat(pool.outstanding()).isZero();
  }

  /** A call whose reader stands must not keep the memory of many. */
  @Test
  void ofLargePacketsFewerAreToldAndWhatWasOnItsWayIsTaken() {
    ReceiveQueue rx = new ReceiveQueue(pool, 255, 1);
    assertThat(rx.rwind(rx.hardAcked())).isEqualTo(255);
    rx.told();
    int most = 255 * 1412 / 16_348;
    int edge = 0;
    for (int seq = 1; seq <= 25; seq++) {
      assertThat(rx.insert(seq, false, DATA, 0, 16_348, 0)).isEqualTo(Result.IN_ORDER);
      assertThat(rx.hardAcked()).as("never back").isGreaterThanOrEqualTo(edge);
      edge = rx.hardAcked();
      assertThat(edge + rx.rwind(edge)).isEqualTo(Math.max(most, edge + 1));
      rx.told();
    }
    assertThat(rx.rwind(edge)).isEqualTo(1);
    rx.fetch(run);
    rx.consume(20);
    assertThat(rx.hardAcked()).isEqualTo(25);
    assertThat(rx.rwind(25)).isEqualTo(20 + most - 25);
  }
}
