// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.afs.vl.Nvldbentry;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.interop.peers.Programs;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenAFS's own commands, and a Java server behind a relay that loses 5 % both ways. */
@Needs(Peer.CLIENTS)
class LossyClientsIT {
  private static final int ADDRESSES = 20;
  private static final int RUNS = 4;
  private static final ListedVldb VLDB = new ListedVldb("lossy", 5000, 600);

  /** 300 kB of reply each time, with the flow control of both sides. */
  @Test
  void vosListsAVldbInJava(@TempDir Path directory) throws IOException {
    try (RxrpcEndpoint server = Rpc.open();
        LossyRelay relay = relay(server)) {
      server.serve(WellKnownService.VL.id(), VLDB.dispatcher());
      String host = relay.localAddress().getAddress().getHostAddress();
      Files.writeString(directory.resolve("ThisCell"), "test.example\n");
      Files.writeString(
          directory.resolve("CellServDB"), ">test.example\n%s\t#%s\n".formatted(host, host));
      List<String> command =
          List.of("vos", "listvldb", "-noauth", "-noresolve", "-config", directory.toString());
      for (int i = 0; i < RUNS; i++) {
        String printed = Programs.run(Duration.ofMinutes(3), command).ok().out();
        assertThat(printed).contains("Total entries: " + VLDB.entries().size());
        assertThat(printed.lines().map(String::trim))
            .containsAll(VLDB.entries().stream().map(Nvldbentry::name).toList());
      }
      assertThat(relay.dropped()).isPositive();
      assertThat(server.counters()).containsEntry("calls-failed", 0L);
      assertThat(server.counters().get("data-resent")).isPositive();
    }
  }

  /** On the port that vos expects, which other tests use on 127.2. */
  private static LossyRelay relay(RxrpcEndpoint server) throws IOException {
    IOException taken = null;
    for (int i = 0; i < ADDRESSES; i++) {
      try {
        return LossyRelay.open(
            Rpc.loopback("127.3." + i + ".1", WellKnownService.VL.port()),
            server.localAddress(),
            0.05,
            11);
      } catch (BindException e) {
        taken = e;
      }
    }
    throw new IOException(
        "port " + WellKnownService.VL.port() + " is taken on all addresses tried", taken);
  }
}
