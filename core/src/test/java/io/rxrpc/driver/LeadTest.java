// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Who owns the port, in every order in which threads can take their steps: each step is one atomic
 * action on a {@link Lead}, so all orders of a bounded length are all that can happen in it.
 */
class LeadTest {
  private static final int ACTORS = 3;
  private static final int ERRANDS = 4;

  private enum State {
    AT_THE_PORT,
    AWAY,
    FOLLOWING,
    HAS_SEEN
  }

  /** A life of some threads, in the order that is given to it. */
  private static final class World {
    final Lead lead = new Lead();
    final ArrayDeque<Integer> errands = new ArrayDeque<>();
    final List<Integer> done = new ArrayList<>();
    final Actor[] actors = new Actor[ACTORS];

    World() {
      for (int i = 0; i < ERRANDS; i++) {
        errands.add(i);
      }
      for (int i = 0; i < ACTORS; i++) {
        actors[i] = new Actor(i == 0 ? State.AT_THE_PORT : State.FOLLOWING);
      }
    }

    void step(int who) {
      actors[who].step();
      int atThePort = 0;
      int leaders = 0;
      for (Actor a : actors) {
        atThePort += a.state == State.AT_THE_PORT ? 1 : 0;
        leaders +=
            a.state == State.AT_THE_PORT || (a.state == State.AWAY && a.number == lead.number())
                ? 1
                : 0;
      }
      if (atThePort > 1 || leaders != 1) {
        throw new AssertionError(atThePort + " at the port, " + leaders + " leaders");
      }
      for (int i = 0; i < done.size(); i++) {
        if (done.get(i) != i) {
          throw new AssertionError("not each errand once, in order: " + done);
        }
      }
    }

    /** A thread: leads, goes away for an errand, comes back or not, follows. */
    private final class Actor {
      State state;
      long number;

      Actor(State state) {
        this.state = state;
        number = lead.number();
      }

      void step() {
        switch (state) {
          case AT_THE_PORT -> {
            Integer next = errands.poll();
            if (next != null) {
              done.add(next);
              number = lead.enter(number);
              state = State.AWAY;
            }
          }
          case AWAY -> lead(lead.leave(number));
          case FOLLOWING -> {
            number = lead.number();
            state = State.HAS_SEEN;
          }
          case HAS_SEEN -> lead(Lead.isAway(number) ? lead.take(number) : Lead.NONE);
        }
      }

      private void lead(long mine) {
        number = mine;
        state = mine == Lead.NONE ? State.FOLLOWING : State.AT_THE_PORT;
      }
    }
  }

  @Test
  void inEveryOrderOneLeadsAndNothingIsDoneTwice() {
    int length = 11;
    int[] order = new int[length];
    long orders = 1;
    for (int i = 0; i < length; i++) {
      orders *= ACTORS;
    }
    int relieved = 0;
    for (long n = 0; n < orders; n++) {
      long rest = n;
      World world = new World();
      for (int i = 0; i < length; i++) {
        order[i] = (int) (rest % ACTORS);
        rest /= ACTORS;
        world.step(order[i]);
      }
      relieved += world.actors[0].state == State.FOLLOWING ? 1 : 0;
    }
    assertThat(relieved).as("orders in which the first leader was relieved").isPositive();
  }

  @Test
  void inLongLivesToo() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      World world = new World();
      for (int i = 0; i < 500; i++) {
        if (world.errands.isEmpty()) {
          world.errands.add(world.done.size());
        }
        world.step(random.nextInt(ACTORS));
      }
      assertThat(world.done).hasSizeGreaterThan(20);
    }
  }

  @Test
  void whoHasSeenAnOldAbsenceTakesNothing() {
    Lead lead = new Lead();
    long seen = lead.enter(lead.number());
    long back = lead.leave(seen);
    assertThat(lead.take(seen)).isEqualTo(Lead.NONE);
    long again = lead.enter(back);
    assertThat(lead.take(seen)).as("the same leader, away again").isEqualTo(Lead.NONE);
    assertThat(lead.take(again)).isNotEqualTo(Lead.NONE);
    assertThat(lead.leave(again)).isEqualTo(Lead.NONE);
  }

  @Test
  void onlyTheAbsenceThatWasUrgedIsUrgent() {
    Lead lead = new Lead();
    long seen = lead.enter(lead.number());
    assertThat(lead.isUrged(seen)).isFalse();
    lead.urge(seen);
    assertThat(lead.isUrged(seen)).isTrue();
    long again = lead.enter(lead.leave(seen));
    assertThat(lead.isUrged(again)).isFalse();
  }
}
