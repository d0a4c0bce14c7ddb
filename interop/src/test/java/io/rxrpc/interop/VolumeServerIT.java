// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.Partition;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.afs.vl.VlClient;
import io.rxrpc.afs.vl.Vldb;
import io.rxrpc.afs.vol.AFSVolClient;
import io.rxrpc.afs.vol.Opening;
import io.rxrpc.afs.vol.VolumeServer;
import io.rxrpc.afs.vol.VolumeState;
import io.rxrpc.afs.vol.VolumeTransaction;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.rpc.RpcAbortException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Java client and the real volume server. */
@Needs(Peer.CELL)
class VolumeServerIT {
  private static final Partition A = new Partition(0);
  private static final int DUMP_MAGIC = 0xb3a11322;

  private static VolumeServer volumes(RxrpcEndpoint endpoint, Cell cell) {
    return new VolumeServer(new AFSVolClient(Rpc.client(endpoint, cell, WellKnownService.VOL)));
  }

  private static int rootCell(RxrpcEndpoint endpoint, Cell cell) throws IOException {
    return new Vldb(new VlClient(Rpc.client(endpoint, cell, WellKnownService.VL)))
        .entry("root.cell")
        .readWriteId();
  }

  @Test
  void partitionsAndVolumesAreWhatVosPrints(Cell cell) throws IOException {
    try (RxrpcEndpoint endpoint = Rpc.open()) {
      assertThat(volumes(endpoint, cell).partitions()).containsExactly(A);
      assertThat(cell.run("vos", "listpart", cell.address().getHostAddress()).ok().out())
          .contains("/vicepa");

      int id = rootCell(endpoint, cell);
      VolumeState volume = volumes(endpoint, cell).volume(A, id).orElseThrow();
      assertThat(volume.name()).isEqualTo("root.cell");
      assertThat(volume.id()).isEqualTo(id);
      assertThat(cell.run("vos", "examine", "root.cell").ok().lines().getFirst())
          .matches("root\\.cell +" + id + " RW +" + volume.size() + " K +On-line");
    }
  }

  /** A dump is the longest reply there is, and the same as vos gets. */
  @Test
  void aDumpIsWhatVosDumps(Cell cell, @TempDir Path directory) throws IOException {
    try (RxrpcEndpoint endpoint = Rpc.open()) {
      ByteArrayOutputStream dumped = new ByteArrayOutputStream();
      try (VolumeTransaction open =
          volumes(endpoint, cell).begin(rootCell(endpoint, cell), A, Opening.BUSY)) {
        open.dumpTo(dumped, null);
        assertThat(open.end()).isZero();
      }
      byte[] dump = dumped.toByteArray();
      assertThat(ByteBuffer.wrap(dump).getInt(1)).isEqualTo(DUMP_MAGIC);
      Path file = directory.resolve("dump");
      cell.run("vos", "dump", "root.cell", "-file", file.toString()).ok();
      byte[] expected = Files.readAllBytes(file);
      assertThat(dump).hasSameSizeAs(expected);
      int body = 1000; // the header has dates and counters
      assertThat(Arrays.mismatch(dump, body, dump.length, expected, body, expected.length))
          .isEqualTo(-1);
    }
  }

  @Test
  void noSuchVolumeIsAnAbort(Cell cell) throws IOException {
    try (RxrpcEndpoint endpoint = Rpc.open()) {
      assertThatThrownBy(() -> volumes(endpoint, cell).begin(4711, A, Opening.READ_ONLY))
          .isInstanceOfSatisfying(
              RpcAbortException.class, e -> assertThat(e.error().name()).isEqualTo("VNOVOL"));
    }
  }
}
