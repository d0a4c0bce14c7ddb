// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.afs.WellKnownService;
import io.rxrpc.afs.bos.BozoService;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.rpc.Caller;
import io.rxrpc.rpc.ServedSplit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real bos, which sends and fetches whole files, and a Java overseer. */
@Needs(Peer.CELL)
class OverseerClientIT {
  private static final int LENGTH = 3_000_001;

  private static StandIn serve(BozoService service) throws IOException {
    return StandIn.open(
        WellKnownService.BOS.port(), WellKnownService.BOS.id(), service.dispatcher());
  }

  @Test
  void bosFetchesALog(Cell cell) throws IOException {
    String log = "a line of a log that never ends\n".repeat(60_000);
    BozoService service =
        new BozoService() {
          @Override
          public void getLog(ServedSplit call, String name) throws IOException {
            call.reply().write(log.getBytes(StandardCharsets.US_ASCII));
            call.reply().write(0);
          }
        };
    try (StandIn server = serve(service)) {
      String printed = cell.bos("getlog", server.host(), "-file", "Log").ok().out();
      assertThat(printed).endsWith(log);
      assertThat(server.endpoint().counters()).containsEntry("calls-failed", 0L);
    }
  }

  @Test
  void bosInstallsAFile(Cell cell, @TempDir Path directory) throws IOException {
    byte[] data = Rpc.random(5, LENGTH);
    Path file = Files.write(directory.resolve("program"), data);
    AtomicReference<byte[]> installed = new AtomicReference<>();
    BozoService service =
        new BozoService() {
          @Override
          public void install(ServedSplit call, String path, int size, int flags, int date)
              throws IOException {
            assertThat(path).isEqualTo("/usr/afs/bin/program");
            assertThat(size).isEqualTo(LENGTH);
            installed.set(call.request().readAllBytes());
          }

          @Override
          public int getRestrictedMode(Caller caller) {
            return 0;
          }
        };
    try (StandIn server = serve(service)) {
      String printed =
          cell.bos("install", server.host(), "-file", file.toString(), "-dir", "/usr/afs/bin")
              .ok()
              .out();
      assertThat(printed).contains("installed file");
      assertThat(Arrays.mismatch(installed.get(), data)).isEqualTo(-1);
      assertThat(server.endpoint().counters()).containsEntry("calls-failed", 0L);
    }
  }

  /** The client asks every two seconds whether the server lives, and gives it its time. */
  @Test
  void bosWaitsForASlowServer(Cell cell) throws IOException {
    BozoService service =
        new BozoService() {
          @Override
          public void getLog(ServedSplit call, String name) throws Exception {
            assertThat(new CountDownLatch(1).await(5, TimeUnit.SECONDS)).isFalse();
            call.reply().write("late\n\0".getBytes(StandardCharsets.US_ASCII));
          }
        };
    try (StandIn server = serve(service)) {
      assertThat(cell.bos("getlog", server.host(), "-file", "Log").ok().out()).endsWith("late\n");
      Map<String, Long> counters = server.endpoint().counters();
      assertThat(counters.get("pings-received") + counters.get("pings-sent")).isPositive();
      assertThat(counters).containsEntry("calls-failed", 0L);
    }
  }
}
