package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.interop.afs.Vldb;
import io.rxrpc.interop.afs.VolumeService;
import io.rxrpc.interop.afs.VolumeService.Volume;
import io.rxrpc.interop.afs.XdrReader;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Java client and the real volume server. */
@Needs(Peer.CELL)
class VolumeServerIT {
  private static RxrpcAddress volumes(Cell cell) {
    return Rpc.service(cell.server(VolumeService.PORT), VolumeService.SERVICE);
  }

  private static int rootCell(RxrpcEndpoint endpoint, Cell cell) throws IOException {
    RxrpcAddress vldb = Rpc.service(cell.server(Vldb.PORT), Vldb.SERVICE);
    byte[] entry = endpoint.call(vldb, Vldb.getEntryByName("root.cell"));
    return Vldb.entry(entry).volumeIds().getFirst();
  }

  @Test
  void partitionsAndVolumesAreWhatVosPrints(Cell cell) throws IOException {
    try (RxrpcEndpoint endpoint = Rpc.open()) {
      byte[] partitions = endpoint.call(volumes(cell), VolumeService.listPartitions());
      assertThat(VolumeService.partitions(partitions)).containsExactly(0);
      assertThat(cell.run("vos", "listpart", cell.address().getHostAddress()).ok().out())
          .contains("/vicepa");

      int id = rootCell(endpoint, cell);
      List<Volume> found =
          VolumeService.volumes(endpoint.call(volumes(cell), VolumeService.listOneVolume(0, id)));
      assertThat(found).hasSize(1);
      Volume volume = found.getFirst();
      assertThat(volume.name()).isEqualTo("root.cell");
      assertThat(volume.id()).isEqualTo(id);
      assertThat(cell.run("vos", "examine", "root.cell").ok().lines().getFirst())
          .matches("root\\.cell +" + id + " RW +" + volume.sizeKb() + " K +On-line");
    }
  }

  /** A dump is the longest reply there is, and the same as vos gets. */
  @Test
  void aDumpIsWhatVosDumps(Cell cell, @TempDir Path directory) throws IOException {
    try (RxrpcEndpoint endpoint = Rpc.open()) {
      int id = rootCell(endpoint, cell);
      byte[] begin = VolumeService.createTransaction(id, 0, VolumeService.BUSY);
      int transaction = VolumeService.number(endpoint.call(volumes(cell), begin));
      byte[] dump;
      try {
        dump = endpoint.call(volumes(cell), VolumeService.dump(transaction));
      } finally {
        byte[] end = endpoint.call(volumes(cell), VolumeService.endTransaction(transaction));
        assertThat(VolumeService.number(end)).isZero();
      }
      XdrReader in = new XdrReader(dump);
      in.bytes(1);
      assertThat(in.int32()).isEqualTo(VolumeService.DUMP_MAGIC);
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
      assertThatThrownBy(
              () -> endpoint.call(volumes(cell), VolumeService.createTransaction(4711, 0, 8)))
          .isInstanceOfSatisfying(
              RemoteAbortException.class,
              e -> assertThat(e.code().value()).isEqualTo(VolumeService.VNOVOL));
    }
  }
}
