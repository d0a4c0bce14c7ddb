// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.rpc.sample.SampleClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One call to many servers. */
class MultiTest {
  /** Answers when it may. */
  private static final class Gate extends Office {
    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch may = new CountDownLatch(1);
    final CountDownLatch aborted = new CountDownLatch(1);
    private final int time;

    Gate(int time) {
      this.time = time;
    }

    @Override
    public int getTime(Caller caller) throws InterruptedException {
      asked.countDown();
      while (!may.await(1, TimeUnit.MILLISECONDS)) {
        if (caller.isAborted()) {
          aborted.countDown();
          return 0;
        }
      }
      return time;
    }
  }

  @Test
  void answersComeAsTheServersGiveThem() throws Exception {
    Gate first = new Gate(1);
    Gate second = new Gate(2);
    Gate third = new Gate(3);
    try (SampleEnds a = SampleEnds.serving(first);
        SampleEnds b = SampleEnds.serving(second);
        SampleEnds c = SampleEnds.serving(third);
        SampleEnds none = SampleEnds.open()) {
      List<RxrpcAddress> servers = List.of(a.address(), b.address(), none.address(), c.address());
      try (MultiCall<Integer> call = a.sample().getTimeAll(servers)) {
        assertThat(call.left()).isEqualTo(4);
        Answer<Integer> failed = call.take();
        assertThat(failed.server()).isEqualTo(none.address());
        assertThatThrownBy(failed::get)
            .isInstanceOf(RpcAbortException.class)
            .hasMessageContaining(none.address().toString());
        assertThat(call.poll(Duration.ofMillis(1))).isNull();
        for (Gate gate : List.of(third, first)) {
          gate.may.countDown();
          Answer<Integer> answer = call.take();
          assertThat(answer.get()).isEqualTo(gate.time);
        }
        second.may.countDown();
        List<Integer> rest = new ArrayList<>();
        for (Answer<Integer> answer : call) {
          assertThat(answer.server()).isEqualTo(b.address());
          rest.add(answer.get());
        }
        assertThat(rest).containsExactly(2);
        assertThatThrownBy(call::take).isInstanceOf(NoSuchElementException.class);
      }
    }
  }

  @Test
  void whoHasSeenEnoughAbortsTheRest() throws Exception {
    Gate fast = new Gate(1);
    Gate slow = new Gate(2);
    fast.may.countDown();
    try (SampleEnds a = SampleEnds.serving(fast);
        SampleEnds b = SampleEnds.serving(slow)) {
      MultiCall<Integer> call = a.sample().getTimeAll(List.of(b.address(), a.address()));
      assertThat(call.take().get()).isEqualTo(1);
      assertThat(slow.asked.await(60, TimeUnit.SECONDS)).isTrue();
      call.close();
      assertThat(slow.aborted.await(60, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(call::take).isInstanceOf(CancellationException.class);
    }
  }

  @Test
  void manyServersNeedNoThreadEach() throws Exception {
    try (SampleEnds ends = SampleEnds.serving(new Office())) {
      List<RxrpcAddress> servers = java.util.Collections.nCopies(200, ends.address());
      SampleClient sample = ends.sample();
      int came = 0;
      try (MultiCall<Integer> call = sample.getTimeAll(servers)) {
        for (Answer<Integer> answer : call) {
          assertThat(answer.get()).isEqualTo(-2);
          came++;
        }
      }
      assertThat(came).isEqualTo(200);
    }
  }

  @Test
  void aReplyThatCannotBeReadIsAnAnswerToo() throws Exception {
    try (SampleEnds ends = SampleEnds.serving(new Office())) {
      Procedure time = new Procedure("SAMPLE_GetTime", 504);
      try (MultiCall<String> call =
          ends.rpc()
              .callAll(
                  List.of(ends.address()), time, Parameters.NONE, in -> in.string("name", 5))) {
        assertThatThrownBy(() -> call.take().get()).isInstanceOf(RpcCodecException.class);
      }
      try (MultiCall<String> call =
          ends.rpc()
              .callAll(
                  List.of(ends.address()),
                  time,
                  Parameters.NONE,
                  in -> {
                    throw new IllegalStateException("a fault of the reader");
                  })) {
        assertThatThrownBy(call::take).hasMessageContaining("a fault of the reader");
      }
    }
  }
}
