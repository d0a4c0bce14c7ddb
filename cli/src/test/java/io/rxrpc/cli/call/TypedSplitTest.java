// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.rxrpc.CallAbort;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.rpc.Dispatcher;
import io.rxrpc.rpc.Parameters;
import io.rxrpc.rpc.Procedure;
import io.rxrpc.rpc.ServedSplit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Split calls by name: data from a file and to a file, between parameters and results. */
@Tag("long")
class TypedSplitTest {
  @TempDir private Path directory;
  private TypesDescription types;
  private final AtomicReference<byte[]> stored = new AtomicReference<>(new byte[0]);

  @BeforeEach
  void aDescription() throws IOException {
    types = new TypesDescription(directory);
  }

  private Parameters store(ServedSplit call) throws IOException {
    byte[] data = call.request().readAllBytes();
    stored.set(data);
    return out -> out.int64(data.length);
  }

  private Parameters fetch(ServedSplit call) throws IOException {
    call.reply().write(stored.get());
    return out -> {
      out.int32(-1);
      out.int64(-1);
    };
  }

  private Parameters remark(ServedSplit call) throws IOException {
    call.reply().write(stored.get());
    return out -> out.string("", 9, "remark");
  }

  private RxrpcEndpoint shelf() throws IOException {
    RxrpcEndpoint endpoint =
        RxrpcEndpoint.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Dispatcher shelf =
        Dispatcher.of("T_")
            .split(
                new Procedure("T_Store", 9),
                in -> {
                  in.int64("length");
                  return this::store;
                })
            .split(
                new Procedure("T_Fetch", 10),
                in -> {
                  if (in.string("name", 12).equals("none")) {
                    throw new CallAbort(2);
                  }
                  return this::fetch;
                })
            .split(new Procedure("T_Remark", 11), in -> this::remark)
            .build();
    endpoint.serve(52, shelf);
    return endpoint;
  }

  private static String target(RxrpcEndpoint endpoint) {
    return "127.0.0.1:" + endpoint.localAddress().getPort() + "/52";
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 11, 12, 65_535, 65_536, 65_548, 1_000_001})
  void dataGoesThereAndComesBack(int length) throws IOException {
    byte[] data = new byte[length];
    new Random(length).nextBytes(data);
    Path in = Files.write(directory.resolve("in"), data);
    Path out = directory.resolve("out");
    try (RxrpcEndpoint shelf = shelf()) {
      CommandRun store =
          CommandRun.of(
              types.with("call", target(shelf), "Store", "length=1", "--in", in.toString()));
      assertThat(store.err()).isEmpty();
      assertThat(store.out()).isEqualTo("stored: " + length + "\n");
      assertThat(stored.get()).isEqualTo(data);

      CommandRun fetch =
          CommandRun.of(
              types.with(
                  "call", target(shelf), "Fetch", "name=x", "--out", out.toString(), "--json"));
      assertThat(fetch.err()).isEmpty();
      assertThat(fetch.out())
          .contains("\"results\":{\"status\":-1,\"version\":18446744073709551615}");
      assertThat(out).hasBinaryContent(data);
      JsonObject json = fetch.json().getAsJsonObject();
      assertThat(json.get("bytes_sent").getAsLong()).isZero();
      assertThat(json.get("bytes_received").getAsLong()).isEqualTo(length);
    }
  }

  @Test
  void stdinIsSentAndStdoutGetsTheDataAlone() throws IOException {
    byte[] data = "some data\n".getBytes(StandardCharsets.UTF_8);
    try (RxrpcEndpoint shelf = shelf()) {
      CommandRun.withInput(
          data, types.with("call", target(shelf), "Store", "length=9", "--in", "-"));
      assertThat(stored.get()).isEqualTo(data);
      CommandRun fetch =
          CommandRun.of(types.with("call", target(shelf), "Fetch", "name=x", "--out", "-"));
      assertThat(fetch.stdout()).isEqualTo(data);
      assertThat(fetch.err()).isEqualTo("status: -1\nversion: 18446744073709551615\n");
      assertThat(fetch.code()).isZero();
    }
  }

  @Test
  void stdinIsNotReadForDataUnlessItIsNamed() throws IOException {
    try (RxrpcEndpoint shelf = shelf()) {
      CommandRun run =
          CommandRun.withInput(new byte[9], types.with("call", target(shelf), "Store", "length=0"));
      assertThat(run.out()).isEqualTo("stored: 0\n");
    }
  }

  @Test
  void dataThatNobodyKeepsIsNotTakenForResults() throws IOException {
    stored.set(new byte[100_000]);
    try (RxrpcEndpoint shelf = shelf()) {
      CommandRun run = CommandRun.of(types.with("call", target(shelf), "Fetch", "name=x"));
      assertThat(run.out()).isEqualTo("status: -1\nversion: 18446744073709551615\n");
    }
  }

  @Test
  void resultsWithoutAFixedLengthAreFoundBehindSoMuchData() throws IOException {
    stored.set(new byte[70_000]);
    Path out = directory.resolve("out");
    try (RxrpcEndpoint shelf = shelf()) {
      CommandRun run =
          CommandRun.of(
              types.with(
                  "call",
                  target(shelf),
                  "Remark",
                  "--out",
                  out.toString(),
                  "--out-bytes",
                  "70000"));
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).isEqualTo("text: remark\n");
      assertThat(out).hasBinaryContent(new byte[70_000]);
      stored.set(new byte[0]);
      assertThat(CommandRun.of(types.with("call", target(shelf), "Remark")).out())
          .isEqualTo("text: remark\n");
    }
  }

  @Test
  void anAbortIsNamedAndNothingIsPrinted() throws IOException {
    try (RxrpcEndpoint shelf = shelf()) {
      CommandRun run = CommandRun.of(types.with("call", target(shelf), "Fetch", "name=none"));
      assertThat(run.code()).isEqualTo(ExitCode.ABORTED);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("T_Fetch at " + target(shelf) + " failed: 2").hasLineCount(1);
    }
  }

  /** More data than both ends have memory for, in a JVM of their own. */
  @Test
  void moreGoesThroughThanFitsIntoMemory() throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx40m",
                    "-XX:MaxDirectMemorySize=16m",
                    "-XX:+UseSerialGC",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    TypedBulkMain.class.getName(),
                    directory.toString(),
                    Long.toString(TypedBulkMain.BYTES)))
            .redirectErrorStream(true)
            .start();
    child.getOutputStream().close();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(said).isZero();
    assertThat(said)
        .contains("\"bytes_sent\":" + TypedBulkMain.BYTES + ",")
        .contains("\"bytes_received\":" + TypedBulkMain.BYTES + ",")
        .contains("data of " + TypedBulkMain.BYTES + " octets");
  }
}
