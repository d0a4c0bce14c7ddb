// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.Partition;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.afs.fs.AFSFid;
import io.rxrpc.afs.fs.FileServer;
import io.rxrpc.afs.vl.VlClient;
import io.rxrpc.afs.vl.Vldb;
import io.rxrpc.afs.vol.AFSVolClient;
import io.rxrpc.afs.vol.Opening;
import io.rxrpc.afs.vol.VolConstants;
import io.rxrpc.afs.vol.VolumeServer;
import io.rxrpc.afs.vol.VolumeTransaction;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.udp.PortKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real OpenAFS servers get several packets in a datagram from either port, and lose none of it. */
@Needs(Peer.CELL)
class JumboDatagramsIT {
  private static final Partition A = new Partition(0);
  private static final int LENGTH = 3_000_001;

  private static AFSFid root(CacheManager client, Cell cell) throws IOException {
    Vldb vldb = new Vldb(new VlClient(client.at(Rpc.at(cell, WellKnownService.VL))));
    return FileServer.root(vldb.entry("root.cell").readWriteId());
  }

  /** Four calls at once share what the server's UDP buffer holds. */
  @ParameterizedTest
  @EnumSource(PortKind.class)
  void fourFilesAreStoredAndFetchedAtOnce(PortKind kind, Cell cell) throws Exception {
    try (CacheManager client = new CacheManager(cell, kind);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      AFSFid root = root(client, cell);
      List<Callable<Integer>> work =
          IntStream.range(0, 4)
              .<Callable<Integer>>mapToObj(i -> () -> storedAndFetched(client, root, kind, i))
              .toList();
      for (Future<Integer> difference : threads.invokeAll(work)) {
        assertThat(difference.get()).isEqualTo(-1);
      }
      assertThat(client.counter("jumbos-sent")).isGreaterThan(100);
      assertThat(client.counter("jumbos-received")).isGreaterThan(100);
      assertThat(client.counter("malformed")).isZero();
    }
  }

  private static int storedAndFetched(CacheManager client, AFSFid root, PortKind kind, int i)
      throws IOException {
    byte[] data = Rpc.random(100 + i, LENGTH);
    AFSFid file = client.create(root, "jumbo-" + kind + "-" + i);
    client.server().write(file, 0, LENGTH, LENGTH, new ByteArrayInputStream(data));
    ByteArrayOutputStream fetched = new ByteArrayOutputStream();
    client.server().read(file, 0, LENGTH, fetched);
    return Arrays.mismatch(fetched.toByteArray(), data);
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void aVolumeIsRestoredAndDumped(PortKind kind, Cell cell) throws IOException {
    String name = "jumbo." + kind.name().toLowerCase(Locale.ROOT);
    String host = cell.address().getHostAddress();
    cell.run("vos", "restore", host, "a", name, "-file", cell.smallDump().toString()).ok();
    cell.run("vos", "setfields", name, "-maxquota", "0").ok();
    try (CacheManager client = new CacheManager(cell, kind)) {
      int id =
          new Vldb(new VlClient(client.at(Rpc.at(cell, WellKnownService.VL))))
              .entry(name)
              .readWriteId();
      AFSFid file = client.create(FileServer.root(id), "bulk");
      byte[] data = Rpc.random(5, LENGTH);
      client.server().write(file, 0, LENGTH, LENGTH, new ByteArrayInputStream(data));
    }
    try (RxrpcEndpoint endpoint = Rpc.open(kind)) {
      int id =
          new Vldb(new VlClient(Rpc.client(endpoint, cell, WellKnownService.VL)))
              .entry(name)
              .readWriteId();
      VolumeServer volumes =
          new VolumeServer(new AFSVolClient(Rpc.client(endpoint, cell, WellKnownService.VOL)));
      byte[] dump = dump(volumes, id);
      assertThat(dump.length).isGreaterThan(LENGTH);
      assertThat(endpoint.counters().get("jumbos-received")).isGreaterThan(100);
      try (VolumeTransaction open = volumes.begin(id, A, Opening.OFFLINE)) {
        open.restoreFrom(new ByteArrayInputStream(dump), name, VolConstants.VOLUME_RW, id);
        assertThat(open.end()).isZero();
      }
      assertThat(endpoint.counters().get("jumbos-sent")).isGreaterThan(100);
      byte[] again = dump(volumes, id);
      int body = 1000; // the headers have dates
      assertThat(Arrays.mismatch(dump, body, dump.length, again, body, again.length)).isEqualTo(-1);
      assertThat(endpoint.counters().get("malformed")).isZero();
    }
  }

  private static byte[] dump(VolumeServer volumes, int id) throws IOException {
    ByteArrayOutputStream dump = new ByteArrayOutputStream();
    try (VolumeTransaction open = volumes.begin(id, A, Opening.BUSY)) {
      open.dumpTo(dump, null);
      assertThat(open.end()).isZero();
    }
    return dump.toByteArray();
  }
}
