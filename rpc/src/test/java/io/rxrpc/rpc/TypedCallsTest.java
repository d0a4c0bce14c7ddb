// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.CallTimeoutException;
import io.rxrpc.rpc.sample.Sample;
import io.rxrpc.rpc.sample.SampleClient;
import io.rxrpc.rpc.sample.SampleEntry;
import io.rxrpc.rpc.sample.SampleKind;
import io.rxrpc.rpc.sample.SampleOutcome;
import io.rxrpc.xdr.Ints;
import io.rxrpc.xdr.Octets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls by generated code's shapes, over real UDP. */
class TypedCallsTest {
  @Test
  void parametersGoAndResultsCome() throws Exception {
    try (SampleEnds ends = SampleEnds.serving(new Office())) {
      SampleClient sample = ends.sample();
      assertThat(sample.add(2, 3)).isEqualTo(5);
      assertThat(sample.divide(17, 5)).isEqualTo(new Sample.DivideResult(3, 2));
      assertThat(sample.locate("alice")).isEqualTo(Office.entry("alice"));
      assertThat(Integer.toUnsignedString(sample.getTime())).isEqualTo("4294967294");
      sample.ping();
    }
  }

  @Test
  @Tag("R-89")
  void whatADescriptionDoesNotKnowSurvives() throws Exception {
    SampleEntry odd =
        new SampleEntry(
            "caf\u00e9\udcff", 0, Ints.padded(13), SampleKind.of(4711), "", Octets.EMPTY);
    Office office =
        new Office() {
          @Override
          public SampleEntry locate(Caller caller, String name) {
            return odd;
          }
        };
    try (SampleEnds ends = SampleEnds.serving(office)) {
      SampleEntry came = ends.sample().locate("x");
      assertThat(came).isEqualTo(odd).hasSameHashCodeAs(odd);
      assertThat(came.kind()).isEqualTo(new SampleKind.Unknown(4711));
    }
  }

  @Test
  void unionsAndLongListsComeBack() throws Exception {
    try (SampleEnds ends = SampleEnds.serving(new Office())) {
      SampleClient sample = ends.sample();
      for (SampleOutcome outcome :
          List.of(
              new SampleOutcome.Found(Office.entry("bob")),
              new SampleOutcome.Reason(2, "gone"),
              new SampleOutcome.Other(-7))) {
        assertThat(sample.judge(outcome)).isEqualTo(outcome);
      }
      assertThat(sample.list(3_000))
          .hasSize(3_000)
          .last()
          .extracting("entry.name")
          .isEqualTo("n2999");
      assertThat(sample.list(0)).isEmpty();
    }
  }

  @Test
  void futuresDoTheSame() throws Exception {
    try (SampleEnds ends = SampleEnds.serving(new Office())) {
      RpcClient rpc = ends.rpc().errors(ErrorTables.of(Office.ERRORS));
      SampleClient sample = new SampleClient(rpc);
      CompletableFuture<Integer> sum = sample.async().add(40, 2);
      CompletableFuture<SampleEntry> entry = sample.async().locate("carol");
      sample.async().ping().get();
      assertThat(sum.get()).isEqualTo(42);
      assertThat(entry.get().name()).isEqualTo("carol");
      assertThatThrownBy(() -> sample.async().locate("nobody").get())
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(RpcAbortException.class)
          .hasMessageContaining("VL_NOENT (363524): no such entry");
      assertThatThrownBy(() -> sample.async().locate("x".repeat(66)).get())
          .cause()
          .isInstanceOf(RpcCodecException.class);
    }
  }

  @Test
  void aCancelledFutureAbortsItsCall() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch aborted = new CountDownLatch(1);
    Office slow =
        new Office() {
          @Override
          public int add(Caller caller, int a, int b) {
            running.countDown();
            while (!caller.isAborted()) {
              Thread.onSpinWait();
            }
            aborted.countDown();
            return 0;
          }
        };
    try (SampleEnds ends = SampleEnds.serving(slow)) {
      CompletableFuture<Integer> sum = ends.sample().async().add(1, 2);
      assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
      sum.cancel(true);
      assertThat(aborted.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void optionsAreOfTheCall() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    Office slow =
        new Office() {
          @Override
          public int add(Caller caller, int a, int b) throws InterruptedException {
            over.await();
            return 0;
          }
        };
    try (SampleEnds ends = SampleEnds.serving(slow)) {
      SampleClient sample = ends.sample();
      SampleClient hasty = sample.with(sample.rpc().options().timeout(Duration.ofMillis(50)));
      assertThatThrownBy(() -> hasty.add(1, 2))
          .isInstanceOf(RpcTransportException.class)
          .hasMessageStartingWith("SAMPLE_Add: ")
          .cause()
          .isInstanceOf(CallTimeoutException.class);
      over.countDown();
      assertThat(sample.add(1, 2)).isZero();
    }
  }

  /** Values do not change, so a second try sends what the first one sent. */
  @Test
  @Tag("R-86")
  void aSecondTryBeginsAnew() throws Exception {
    try (SampleEnds down = SampleEnds.open();
        SampleEnds up = SampleEnds.serving(new Office())) {
      SampleOutcome outcome = new SampleOutcome.Found(Office.entry("dave"));
      RpcClient first = RpcClient.of(up.client(), down.address());
      assertThatThrownBy(() -> new SampleClient(first).judge(outcome))
          .isInstanceOf(RpcAbortException.class)
          .hasMessageContaining("RX_INVALID_OPERATION (-2)");
      SampleClient second = new SampleClient(first.at(up.address()));
      assertThat(second.judge(outcome)).isEqualTo(outcome);
    }
  }
}
