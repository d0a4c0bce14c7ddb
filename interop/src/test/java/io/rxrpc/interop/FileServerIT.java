// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.AbortCode;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.afs.fs.AFSFetchStatus;
import io.rxrpc.afs.fs.AFSFid;
import io.rxrpc.afs.fs.FileServer;
import io.rxrpc.afs.fs.FileState;
import io.rxrpc.afs.fs.FsConstants;
import io.rxrpc.afs.vl.VlClient;
import io.rxrpc.afs.vl.Vldb;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.rpc.RpcAbortException;
import io.rxrpc.udp.PortKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A Java client and the real file server, which is a client, too: it asks the caller's port who it
 * is, and tells it when a file has changed.
 */
@Needs(Peer.CELL)
class FileServerIT {
  private static final int LENGTH = 5_000_003;

  private static AFSFid root(CacheManager client, Cell cell) throws IOException {
    Vldb vldb = new Vldb(new VlClient(client.at(Rpc.at(cell, WellKnownService.VL))));
    return FileServer.root(vldb.entry("root.cell").readWriteId());
  }

  @Test
  void timeAndCapabilities(Cell cell) throws IOException {
    try (CacheManager client = new CacheManager(cell, PortKind.LINUX)) {
      Instant now = Instant.now();
      assertThat(client.server().time()).isBetween(now.minusSeconds(60), now.plusSeconds(1));
      assertThat(client.server().capabilities() & FsConstants.VICED_CAPABILITY_64BITFILES)
          .isNotZero();
    }
  }

  /** A file server does not serve a client that it cannot call back; it aborts with -1. */
  @Test
  void aClientWithoutCallbackServiceIsRefused(Cell cell) throws IOException {
    try (RxrpcEndpoint endpoint = Rpc.open()) {
      FileServer server = new FileServer(endpoint, Rpc.at(cell, WellKnownService.FS));
      assertThatThrownBy(server::time)
          .isInstanceOfSatisfying(
              RpcAbortException.class,
              e -> assertThat(e.code()).isEqualTo(AbortCode.CALL_DEAD.value()));
    }
  }

  /** The library's own answers are enough for a client that keeps nothing. */
  @ParameterizedTest
  @EnumSource(PortKind.class)
  void aClientThatOnlyCallsIsServed(PortKind kind, Cell cell) throws IOException {
    try (RxrpcEndpoint endpoint = RxrpcEndpoint.builder().port(kind).answerCallbacks(true).open()) {
      FileServer server = new FileServer(endpoint, Rpc.at(cell, WellKnownService.FS));
      server.time();
      assertThat(endpoint.counters().get("calls-served")).isEqualTo(2);
      assertThat(server.capabilities()).isNotZero();
      assertThat(endpoint.counters().get("calls-served")).as("asked once").isEqualTo(2);
      server.giveUpPromises();
    }
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void fiveMegabytesAreStoredAndFetched(PortKind kind, Cell cell) throws IOException {
    byte[] data = Rpc.random(17, LENGTH);
    try (CacheManager client = new CacheManager(cell, kind)) {
      AFSFid file = client.create(root(client, cell), "bulk-" + kind);
      AFSFetchStatus stored = store(client, file, data);
      assertThat(stored.length()).isEqualTo(LENGTH);
      assertThat(client.asked()).startsWith("TellMeAboutYourself", "InitCallBackState3");

      ByteArrayOutputStream fetched = new ByteArrayOutputStream();
      AFSFetchStatus status = client.server().read(file, 0, LENGTH, fetched).outStatus();
      assertThat(Arrays.mismatch(fetched.toByteArray(), data)).isEqualTo(-1);
      assertThat(status.length()).isEqualTo(LENGTH);
      assertThat(status.dataVersion()).isEqualTo(stored.dataVersion());
      // the server runs with -jumbo
      assertThat(client.counter("jumbos-received")).isPositive();
      assertThat(client.counter("jumbos-sent")).isPositive();
      assertThat(client.counter("malformed")).isZero();
    }
  }

  private static AFSFetchStatus store(CacheManager client, AFSFid file, byte[] data)
      throws IOException {
    return client
        .server()
        .write(file, 0, data.length, data.length, new ByteArrayInputStream(data))
        .outStatus();
  }

  @Test
  void theServerTellsAnotherClientWhatHasChanged(Cell cell) throws Exception {
    try (CacheManager reader = new CacheManager(cell, PortKind.NIO);
        CacheManager writer = new CacheManager(cell, PortKind.NIO)) {
      AFSFid root = root(reader, cell);
      AFSFid file = writer.create(root, "shared");
      FileState before = reader.server().status(file);
      store(writer, file, new byte[3000]);
      assertThat(reader.nextBroken()).isEqualTo(file);
      FileState after = reader.server().status(file);
      assertThat(after.size()).isEqualTo(3000);
      assertThat(after.dataVersion()).isGreaterThan(before.dataVersion());
    }
  }

  @Test
  void noSuchVolumeIsAnAbort(Cell cell) throws IOException {
    try (CacheManager client = new CacheManager(cell, PortKind.NIO)) {
      assertThatThrownBy(() -> client.server().status(FileServer.root(4711)))
          .isInstanceOfSatisfying(
              RpcAbortException.class, e -> assertThat(e.error().name()).isEqualTo("VNOVOL"));
    }
  }

  /** The request is not even read to its end: the ABORT comes while it is being sent. */
  @Test
  void anAbortInTheMiddleOfALongRequest(Cell cell) throws IOException {
    try (CacheManager client = new CacheManager(cell, PortKind.NIO)) {
      assertThatThrownBy(() -> store(client, new AFSFid(4711, 2, 2), Rpc.random(1, 3_000_000)))
          .isInstanceOfSatisfying(
              RpcAbortException.class, e -> assertThat(e.error().name()).isEqualTo("VNOVOL"));
    }
  }
}
