// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.engine.packet.Block;
import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.engine.packet.BufferPool.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BufferPoolTest {
  private static final int MIB = 1 << 20;

  private final BufferPool pool = new BufferPool(Pipe.MARKED, MIB);

  private List<Block> takeAll(int bytes, Use use) {
    List<Block> all = new ArrayList<>();
    for (Block b = pool.take(bytes, use); b != null; b = pool.take(bytes, use)) {
      all.add(b);
    }
    return all;
  }

  private void giveBack(List<Block> blocks) {
    blocks.forEach(pool::release);
  }

  @Test
  void aBlockHasRoomForWhatWasAskedFor() {
    for (int bytes : new int[] {0, 1, 512, 513, 2048, 2049, 16_384, 16_385, 65_536}) {
      Block b = pool.take(bytes, Use.SEND);
      assertThat(b).isNotNull();
      assertThat(b.size()).isGreaterThanOrEqualTo(bytes);
      assertThat(b.uses).isEqualTo(1);
      assertThat(b.fill).isZero();
      pool.release(b);
    }
    assertThat(pool.outstanding()).isZero();
    assertThatThrownBy(() -> pool.take(65_537, Use.SEND)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void aBlockIsGivenBackOnce() {
    Block b = pool.take(100, Use.SEND);
    assertThat(b).isNotNull();
    b.uses++;
    pool.release(b);
    assertThat(pool.outstanding()).isEqualTo(512);
    pool.release(b);
    assertThat(pool.outstanding()).isZero();
    assertThatThrownBy(() -> pool.release(b)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void neitherWritersNorReceiversTakeEverything() {
    for (Use use : new Use[] {Use.SEND, Use.RECEIVE}) {
      List<Block> hog = takeAll(1, use);
      for (Use other : Use.values()) {
        if (other != use) {
          Block b = pool.take(2048, other);
          assertThat(b).as("%s while %s has all it gets", other, use).isNotNull();
          pool.release(b);
        }
      }
      giveBack(hog);
    }
    List<Block> all = takeAll(2048, Use.SEND);
    all.addAll(takeAll(2048, Use.RECEIVE));
    Block ack = pool.take(64, Use.CONTROL);
    assertThat(ack).as("an ACK is always possible").isNotNull();
    pool.release(ack);
    giveBack(all);
    assertThat(pool.outstanding()).isZero();
  }

  @Test
  void memoryCutSmallServesLargeAgain() {
    List<Block> small = takeAll(512, Use.CONTROL);
    assertThat(pool.allocated()).isEqualTo(MIB);
    assertThat(small).hasSize(MIB / 512);
    assertThat(pool.memoryToSend()).isFalse();
    giveBack(small);
    assertThat(pool.memoryToSend()).isTrue();
    List<Block> large = takeAll(65_536, Use.CONTROL);
    assertThat(large).hasSize(MIB / 65_536);
    giveBack(large);
    assertThat(takeAll(512, Use.CONTROL)).hasSize(MIB / 512);
    assertThat(pool.allocated()).isEqualTo(MIB);
  }

  @Test
  void roomMeansThatAPacketCanBeBuilt() {
    List<Block> hog = takeAll(512, Use.CONTROL);
    Random random = new Random(1);
    while (!hog.isEmpty()) {
      pool.release(hog.remove(random.nextInt(hog.size())));
      if (pool.memoryToSend()) {
        Block b = pool.take(1440, Use.SEND);
        assertThat(b).isNotNull();
        pool.release(b);
      }
    }
    assertThat(pool.memoryToSend()).isTrue();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void countsWhatIsOut(long seed) {
    Random random = new Random(seed);
    List<Block> out = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      if (random.nextInt(100) < (i / 5000 % 2 == 0 ? 60 : 40)) {
        Use use = Use.values()[random.nextInt(3)];
        Block b = pool.take(1 << random.nextInt(17), use);
        if (b != null) {
          assertThat(out).doesNotContain(b);
          b.memory.set(java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED, 0, i);
          b.fill = i;
          out.add(b);
        }
      } else if (!out.isEmpty()) {
        Block b = out.remove(random.nextInt(out.size()));
        // nobody else wrote into it
        assertThat(b.memory.get(java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED, 0))
            .isEqualTo(b.fill);
        pool.release(b);
      }
      long sum = 0;
      for (Block b : out) {
        sum += b.size();
      }
      assertThat(pool.outstanding()).isEqualTo(sum).isLessThanOrEqualTo(pool.allocated());
      assertThat(pool.allocated()).isLessThanOrEqualTo(MIB);
    }
    giveBack(out);
    assertThat(pool.outstanding()).isZero();
    List<Block> whole = takeAll(65_536, Use.CONTROL);
    assertThat(whole).hasSize(MIB / 65_536);
  }

  @Test
  void aHostWithoutMemoryIsLikeAReachedLimit() {
    AtomicBoolean none = new AtomicBoolean();
    BufferPool poor =
        new BufferPool(
            (bytes, alignment) -> {
              if (none.get()) {
                throw new OutOfMemoryError("planted");
              }
              return Pipe.MARKED.allocate(bytes, alignment);
            },
            4 * MIB);
    Block first = poor.take(65_536, Use.SEND);
    assertThat(first).isNotNull();
    none.set(true);
    List<Block> rest = new ArrayList<>();
    for (Block b = poor.take(65_536, Use.SEND); b != null; b = poor.take(65_536, Use.SEND)) {
      rest.add(b);
    }
    assertThat(rest).as("of the first slab").hasSize(3);
    assertThat(poor.refused()).isEqualTo(1);
    assertThat(poor.memoryToSend()).as("nobody is woken in vain").isFalse();
    poor.hope();
    assertThat(poor.memoryToSend()).as("some time later one may try").isTrue();
    assertThat(poor.take(65_536, Use.SEND)).isNull();
    poor.release(first);
    assertThat(poor.memoryToSend()).isTrue();
    none.set(false);
    assertThat(poor.take(65_536, Use.SEND)).isNotNull();
    assertThat(poor.take(65_536, Use.SEND)).as("there is memory again").isNotNull();
  }
}
