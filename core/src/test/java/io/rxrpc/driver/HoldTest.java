// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.tuning.Tunables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a hold of the engine's lock and a look do, and what they leave alone. */
class HoldTest {
  private final AtomicInteger carried = new AtomicInteger();
  private final SteppedNet net =
      new SteppedNet(new Random(1), (bytes, arrival) -> carried.incrementAndGet());
  private final EndpointDriver driver = net.open(Tunables.defaults());
  private final EndpointDriver peer = net.open(Tunables.defaults());
  private final List<String> seen = new ArrayList<>();

  /** Whether another thread finds the lock free. */
  private boolean free() {
    AtomicInteger got = new AtomicInteger();
    Thread other =
        Thread.ofPlatform()
            .start(
                () ->
                    got.set(
                        driver.tryExecute(
                                new Command() {
                                  @Override
                                  void execute(long now, Wakeups wakeups) {}
                                })
                            ? 1
                            : 0));
    try {
      other.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return got.get() == 1;
  }

  private void sleepingLoop() throws IOException {
    net.settle(); // from now on everybody sends for himself
  }

  @Test
  void whatWakesRunsWithoutTheLockAndBehindTheOutermostHold() {
    try (Hold outer = driver.hold()) {
      try (Hold inner = driver.hold()) {
        inner.wakeups().step(() -> seen.add(free() ? "free" : "held"));
        assertThat(inner).isSameAs(outer);
      }
      assertThat(seen).as("within the outer hold").isEmpty();
      assertThat(free()).isFalse();
    }
    assertThat(seen).containsExactly("free");
  }

  @Test
  void aHoldEndsWhateverHappensInIt() {
    assertThatThrownBy(
            () -> {
              try (Hold hold = driver.hold()) {
                hold.wakeups().step(() -> seen.add("woken"));
                throw new StackOverflowError("planted");
              }
            })
        .isInstanceOf(StackOverflowError.class);
    assertThat(free()).isTrue();
    assertThat(seen).containsExactly("woken");
    assertThat(driver.end()).as("the endpoint").isNull();
  }

  @Test
  void aPauseLetsOthersInAndTakesTheLockAgain() {
    try (Hold hold = driver.hold()) {
      hold.wakeups().step(() -> seen.add("woken"));
      try (Hold.Pause _ = hold.pause()) {
        assertThat(seen).containsExactly("woken");
        assertThat(free()).isTrue();
      }
      assertThat(free()).isFalse();
      try (Hold inner = driver.hold()) {
        assertThatThrownBy(inner::pause).isInstanceOf(IllegalStateException.class);
      }
    }
    assertThat(free()).isTrue();
  }

  @Test
  void aQuestionSendsNothing() throws IOException {
    sleepingLoop();
    int before = carried.get();
    try (Look _ = driver.look()) {
      driver.engine().requestVersion(peer.localAddress(), 1);
    }
    driver.counters();
    driver.status();
    driver.snapshot();
    assertThat(carried).hasValue(before);
    try (Hold _ = driver.hold()) {
      assertThat(carried).hasValue(before);
    }
    assertThat(carried).as("a hold does").hasValue(before + 1);
  }

  @Test
  void aQuestionStrandsNothingThatOthersLeftMeanwhile() throws Exception {
    sleepingLoop();
    Command left =
        new Command() {
          @Override
          void execute(long now, Wakeups wakeups) {
            seen.add("done");
          }
        };
    try (Look _ = driver.look()) {
      Thread other = Thread.ofPlatform().start(() -> driver.submit(left));
      other.join();
      assertThat(seen).isEmpty();
    }
    assertThat(seen).containsExactly("done");
  }

  @Test
  void aQuestionFindsDoneWhatWasLeftBefore() {
    driver.later(
        new Command() {
          @Override
          void execute(long now, Wakeups wakeups) {
            seen.add("done");
          }
        });
    try (Look _ = driver.look()) {
      assertThat(seen).containsExactly("done");
    }
  }

  @Test
  void aCommandThatFailsLeavesTheLockFreeAndOthersTheirTurn() {
    driver.later(
        new Command() {
          @Override
          void execute(long now, Wakeups wakeups) {
            throw new AssertionError("planted");
          }
        });
    driver.later(
        new Command() {
          @Override
          void execute(long now, Wakeups wakeups) {
            seen.add("mine");
          }
        });
    driver.settle();
    assertThat(seen).containsExactly("mine");
    assertThat(free()).isTrue();
    assertThat(driver.end()).isNotNull();
  }
}
