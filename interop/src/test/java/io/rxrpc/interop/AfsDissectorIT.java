package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.PacketCapture;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.interop.afs.Overseer;
import io.rxrpc.interop.afs.Protection;
import io.rxrpc.interop.afs.Vldb;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wireshark recognises real calls of AFS, packet for packet, in a capture of ours. */
@Needs({Peer.CELL, Peer.TSHARK})
class AfsDissectorIT {
  @Test
  void callsToRealServers(Cell cell, @TempDir Path directory) throws IOException {
    Path file = directory.resolve("afs.pcap");
    try (PacketCapture capture = PacketCapture.open(file);
        RxrpcEndpoint endpoint =
            RxrpcEndpoint.builder().local(Rpc.loopback("127.0.0.1", 0)).capture(capture).open()) {
      RxrpcAddress vldb = Rpc.service(cell.server(Vldb.PORT), Vldb.SERVICE);
      RxrpcAddress protection = Rpc.service(cell.server(Protection.PORT), Protection.SERVICE);
      RxrpcAddress overseer = Rpc.service(cell.server(Overseer.PORT), Overseer.SERVICE);
      endpoint.call(vldb, Vldb.probe());
      endpoint.call(vldb, Vldb.getEntryByNameU("root.cell"));
      assertThatThrownBy(() -> endpoint.call(vldb, Vldb.getEntryByName("no.such.volume")))
          .isInstanceOf(RemoteAbortException.class);
      // one packet each way: it does not put an AFS reply of several together
      endpoint.call(protection, Protection.idToName(List.of(1, 2, 3)));
      endpoint.call(overseer, Overseer.getCellName());
      endpoint.version(vldb.transport(), Duration.ofSeconds(10));
      capture.flush();

      Dissector dissector = new Dissector(file);
      assertThat(dissector.complaints()).isEmpty();
      assertThat(dissector.types()).containsAll(Set.of("1", "4", "13"));
      assertThat(dissector.summary())
          .anyMatch(line -> line.contains("VLDB Request: probe (514)"))
          .anyMatch(line -> line.contains("VLDB Reply: get-entry-by-name-u (527)"))
          .anyMatch(line -> line.contains("PROT Request: id-to-name (505)"))
          .anyMatch(line -> line.contains("BOS Reply: get-cell-name (94)"));
    }
  }
}
