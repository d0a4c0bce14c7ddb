// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rxrpc.AbortCode;
import io.rxrpc.CallAbort;
import io.rxrpc.CallHandler;
import io.rxrpc.RxrpcException;
import io.rxrpc.ServerCall;
import io.rxrpc.rpc.sample.Sample;
import io.rxrpc.rpc.sample.SampleClient;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data of any length between parameters and results. */
class SplitTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 1024, 70_001, 3_000_000})
  void dataIsStored(int length) throws Exception {
    byte[] data = new byte[length];
    java.util.Arrays.fill(data, (byte) 2);
    try (SampleEnds ends = SampleEnds.serving(new Office());
        SplitCall<Long> call = ends.sample().store(length)) {
      call.request().write(data);
      assertThat(call.end()).isEqualTo(2L * length);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1012, 1013, 70_001, 3_000_000})
  void dataIsFetchedAndTheResultsFollow(int length) throws Exception {
    try (SampleEnds ends = SampleEnds.serving(new Office());
        SplitCall<Long> call = ends.sample().fetch(length)) {
      assertThat(call.reply().readNBytes(length)).isEqualTo(ones(length));
      assertThat(call.end()).isEqualTo(length);
      assertThat(call.call().isLive()).isFalse();
    }
  }

  private static byte[] ones(int length) {
    byte[] data = new byte[length];
    java.util.Arrays.fill(data, (byte) 1);
    return data;
  }

  @Test
  void theServersCodeComesByNameFromStreamAndEnd() throws Exception {
    Office full =
        new Office() {
          @Override
          public long store(ServedSplit call, long length) {
            throw new CallAbort(363521);
          }

          @Override
          public long fetch(ServedSplit call, long length) throws IOException {
            call.reply().write(new byte[8]);
            call.reply().flush();
            throw new CallAbort(363521);
          }
        };
    try (SampleEnds ends = SampleEnds.serving(full)) {
      SampleClient sample = new SampleClient(ends.rpc().errors(ErrorTables.of(Office.ERRORS)));
      try (SplitCall<Long> call = sample.store(1 << 20)) {
        RpcAbortException e =
            catchThrowableOfType(
                RpcAbortException.class,
                () -> {
                  while (true) {
                    call.request().write(new byte[1 << 16]);
                  }
                });
        assertThat(e.error().name()).isEqualTo("VL_IO");
      }
      try (SplitCall<Long> call = sample.fetch(100)) {
        assertThatThrownBy(() -> call.reply().readAllBytes())
            .hasMessageEndingWith("VL_IO (363521): I/O related error");
      }
      try (SplitCall<Long> call = sample.store(0)) {
        assertThatThrownBy(call::end).isInstanceOf(RpcAbortException.class);
      }
    }
  }

  /** Who stops reading the reply in the middle of it has results that are none. */
  @Test
  void resultsThatCannotBeDecodedAbortTheCallAtTheServer() throws Exception {
    CompletableFuture<String> failure = new CompletableFuture<>();
    CallHandler endless =
        (ServerCall call) -> {
          call.request().readAllBytes();
          try {
            while (true) {
              call.reply().write(new byte[] {0, 0, 0, 9, 0, 0, 0, 0});
              call.reply().flush();
            }
          } catch (RxrpcException e) {
            failure.complete(e.getMessage());
            throw e;
          }
        };
    try (SampleEnds ends = SampleEnds.open()) {
      ends.server().serve(SampleEnds.SERVICE, endless);
      try (SplitCall<String> call =
          ends.rpc().begin(Sample.FETCH, Parameters.NONE, in -> in.string("name", 3))) {
        assertThatThrownBy(call::end)
            .isInstanceOf(RpcCodecException.class)
            .hasMessageContaining("SAMPLE_Fetch.name, octet 0: 9 octets, where 3 is the most");
      }
      assertThat(failure.get(60, TimeUnit.SECONDS)).contains("RXGEN_CC_UNMARSHAL (-451)");
    }
  }

  @Test
  void parametersThatCannotBeEncodedBeginNoCall() throws Exception {
    try (SampleEnds ends = SampleEnds.serving(new Office())) {
      assertThatThrownBy(
              () ->
                  ends.rpc()
                      .begin(Sample.STORE, out -> out.string("n", 1, "ab"), in -> in.int64("")))
          .isInstanceOf(RpcCodecException.class)
          .hasMessageContaining("-450");
      assertThat(ends.client().status().liveCalls()).isZero();
    }
  }

  @Test
  void whoLetsGoOfACallAbortsIt() throws Exception {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    CountDownLatch running = new CountDownLatch(1);
    Office waiting =
        new Office() {
          @Override
          public long store(ServedSplit call, long length) throws IOException {
            running.countDown();
            try {
              return super.store(call, length);
            } catch (IOException e) {
              failure.complete(e);
              throw e;
            }
          }
        };
    try (SampleEnds ends = SampleEnds.serving(waiting)) {
      SplitCall<Long> call = ends.sample().store(100);
      call.request().write(1);
      call.request().flush();
      assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
      call.close();
      assertThat(failure.get(60, TimeUnit.SECONDS)).hasMessageContaining("RX_USER_ABORT (-6)");
      SplitCall<Long> other = ends.sample().store(100);
      other.abort(new AbortCode(4711));
      assertThatThrownBy(other::end).isInstanceOf(RpcTransportException.class);
    }
  }
}
