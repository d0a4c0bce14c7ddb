// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.PacketCapture;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.afs.bos.BozoClient;
import io.rxrpc.afs.pt.PrClient;
import io.rxrpc.afs.vl.VlClient;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.rpc.RpcAbortException;
import io.rxrpc.xdr.Ints;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
      VlClient vl = new VlClient(Rpc.client(endpoint, cell, WellKnownService.VL));
      vl.probeServer();
      vl.getEntryByNameU("root.cell");
      assertThatThrownBy(() -> vl.getEntryByNameN("no.such.volume"))
          .isInstanceOf(RpcAbortException.class);
      // one packet each way: it does not put an AFS reply of several together
      new PrClient(Rpc.client(endpoint, cell, WellKnownService.PT)).idToName(Ints.of(1, 2, 3));
      new BozoClient(Rpc.client(endpoint, cell, WellKnownService.BOS)).getCellName();
      endpoint.version(Rpc.at(cell, WellKnownService.VL).transport(), Duration.ofSeconds(10));
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
