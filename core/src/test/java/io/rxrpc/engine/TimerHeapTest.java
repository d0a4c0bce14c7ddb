// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.table.Timed;
import io.rxrpc.engine.table.TimerHeap;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("long")
class TimerHeapTest {
  private static final class Alarm extends Timed {
    long at = Long.MAX_VALUE;
    boolean removed = true;

    @Override
    public long deadline() {
      return at;
    }

    @Override
    public void expire(long now) {
      assertThat(at).isLessThanOrEqualTo(now);
      at = Long.MAX_VALUE;
    }
  }

  private final TimerHeap heap = new TimerHeap();

  @Test
  void anEmptyHeapHasNoDeadline() {
    assertThat(heap.earliest()).isEqualTo(Long.MAX_VALUE);
    assertThat(heap.due(Long.MAX_VALUE)).isNull();
    Alarm never = new Alarm();
    heap.update(never);
    heap.remove(never);
    assertThat(heap.size()).isZero();
  }

  @Test
  void aDeadlineThatMovesLaterNeedsNoNotice() {
    Alarm a = new Alarm();
    a.at = 10;
    heap.update(a);
    a.at = 20;
    assertThat(heap.earliest()).isEqualTo(20);
    a.at = Long.MAX_VALUE;
    assertThat(heap.earliest()).isEqualTo(Long.MAX_VALUE);
    assertThat(heap.size()).isZero();
    assertThat(a.heapIndex).isEqualTo(-1);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void ringsInOrderAndNeverLate(long seed) {
    Random random = new Random(seed);
    List<Alarm> alarms = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      alarms.add(new Alarm());
    }
    long now = 0;
    for (int i = 0; i < 50_000; i++) {
      Alarm a = alarms.get(random.nextInt(alarms.size()));
      switch (random.nextInt(4)) {
        case 0 -> {
          a.at = now + 1 + random.nextInt(1000);
          heap.update(a);
          a.removed = false;
        }
        case 1 -> {
          if (!a.removed && a.at != Long.MAX_VALUE) {
            a.at += random.nextInt(100); // later, without notice
          }
        }
        case 2 -> {
          heap.remove(a);
          a.removed = true;
          a.at = Long.MAX_VALUE;
        }
        default -> {
          now += random.nextInt(20);
          for (Timed t = heap.due(now); t != null; t = heap.due(now)) {
            t.expire(now);
          }
        }
      }
      long first = alarms.stream().mapToLong(x -> x.at).min().orElseThrow();
      assertThat(heap.earliest()).isEqualTo(first);
      assertThat(heap.size())
          .isGreaterThanOrEqualTo(
              (int) alarms.stream().filter(x -> x.at != Long.MAX_VALUE).count());
    }
    alarms.forEach(heap::remove);
    assertThat(heap.size()).isZero();
  }
}
