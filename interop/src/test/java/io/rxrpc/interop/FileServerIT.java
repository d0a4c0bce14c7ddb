package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.AbortCode;
import io.rxrpc.ClientCall;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.interop.afs.Callback;
import io.rxrpc.interop.afs.FileService;
import io.rxrpc.interop.afs.FileService.Fid;
import io.rxrpc.interop.afs.Vldb;
import io.rxrpc.interop.afs.XdrReader;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.udp.PortKind;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
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

  private static Fid root(CacheManager client, Cell cell) throws IOException {
    RxrpcAddress vldb = Rpc.service(cell.server(Vldb.PORT), Vldb.SERVICE);
    byte[] entry = client.call(vldb, Vldb.getEntryByName("root.cell"));
    return Fid.root(Vldb.entry(entry).volumeIds().getFirst());
  }

  @Test
  void timeAndCapabilities(Cell cell) throws IOException {
    try (CacheManager client = new CacheManager(cell, PortKind.LINUX)) {
      long time = new XdrReader(client.call(FileService.getTime())).uint32();
      long now = Instant.now().getEpochSecond();
      assertThat(time).isBetween(now - 60, now + 1);
      List<Integer> words = FileService.capabilities(client.call(FileService.getCapabilities()));
      assertThat(words).isNotEmpty();
      assertThat(words.getFirst() & 2).as("64-bit files").isNotZero();
    }
  }

  /** A file server does not serve a client that it cannot call back; it aborts with -1. */
  @Test
  void aClientWithoutCallbackServiceIsRefused(Cell cell) throws IOException {
    try (RxrpcEndpoint endpoint = Rpc.open()) {
      RxrpcAddress server = Rpc.service(cell.server(FileService.PORT), FileService.SERVICE);
      assertThatThrownBy(() -> endpoint.call(server, FileService.getTime()))
          .isInstanceOfSatisfying(
              RemoteAbortException.class, e -> assertThat(e.code()).isEqualTo(AbortCode.CALL_DEAD));
    }
  }

  /** The library's own answers are enough for a client that keeps nothing. */
  @ParameterizedTest
  @EnumSource(PortKind.class)
  void aClientThatOnlyCallsIsServed(PortKind kind, Cell cell) throws IOException {
    try (RxrpcEndpoint endpoint = RxrpcEndpoint.builder().port(kind).answerCallbacks(true).open()) {
      RxrpcAddress server = Rpc.service(cell.server(FileService.PORT), FileService.SERVICE);
      assertThat(endpoint.call(server, FileService.getTime())).hasSize(8);
      assertThat(endpoint.counters().get("calls-served")).isEqualTo(2);
      assertThat(endpoint.call(server, FileService.getCapabilities())).isNotEmpty();
      assertThat(endpoint.counters().get("calls-served")).as("asked once").isEqualTo(2);
      endpoint.call(server, FileService.giveUpAllCallbacks());
    }
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void fiveMegabytesAreStoredAndFetched(PortKind kind, Cell cell) throws IOException {
    byte[] data = Rpc.random(17, LENGTH);
    try (CacheManager client = new CacheManager(cell, kind)) {
      Fid root = root(client, cell);
      Fid file = FileService.createdFile(client.call(FileService.createFile(root, "bulk-" + kind)));
      FileService.Status stored = store(client, file, data);
      assertThat(stored.length()).isEqualTo(LENGTH);
      assertThat(client.asked())
          .startsWith(Callback.TELL_ME_ABOUT_YOURSELF, Callback.INIT_CALLBACK_STATE_3);

      FileService.Fetched fetched =
          FileService.fetched(client.call(FileService.fetchData(file, LENGTH)));
      assertThat(Arrays.mismatch(fetched.data(), data)).isEqualTo(-1);
      assertThat(fetched.status().length()).isEqualTo(LENGTH);
      assertThat(fetched.status().dataVersion()).isEqualTo(stored.dataVersion());
      // the server runs with -jumbo
      assertThat(client.counter("jumbos-received")).isPositive();
      if (kind == PortKind.NIO) {
        assertThat(client.counter("jumbos-sent")).isPositive();
      }
    }
  }

  /** In pieces, and so that neither side has it all in memory. */
  private static FileService.Status store(CacheManager client, Fid file, byte[] data)
      throws IOException {
    try (ClientCall call = client.begin()) {
      try (OutputStream request = call.request()) {
        request.write(FileService.storeData(file, data.length));
        for (int at = 0; at < data.length; at += 65_000) {
          request.write(data, at, Math.min(65_000, data.length - at));
        }
      }
      return FileService.status(call.readAll(4096));
    }
  }

  @Test
  void theServerTellsAnotherClientWhatHasChanged(Cell cell) throws Exception {
    try (CacheManager reader = new CacheManager(cell, PortKind.NIO);
        CacheManager writer = new CacheManager(cell, PortKind.NIO)) {
      Fid root = root(reader, cell);
      Fid file = FileService.createdFile(writer.call(FileService.createFile(root, "shared")));
      FileService.Status before = FileService.status(reader.call(FileService.fetchStatus(file)));
      store(writer, file, new byte[3000]);
      assertThat(reader.nextBroken()).isEqualTo(file);
      FileService.Status after = FileService.status(reader.call(FileService.fetchStatus(file)));
      assertThat(after.length()).isEqualTo(3000);
      assertThat(after.dataVersion()).isGreaterThan(before.dataVersion());
    }
  }

  @Test
  void noSuchVolumeIsAnAbort(Cell cell) throws IOException {
    try (CacheManager client = new CacheManager(cell, PortKind.NIO)) {
      assertThatThrownBy(() -> client.call(FileService.fetchStatus(Fid.root(4711))))
          .isInstanceOfSatisfying(
              RemoteAbortException.class,
              e -> assertThat(e.code().value()).isEqualTo(FileService.VNOVOL));
    }
  }

  /** The request is not even read to its end: the ABORT comes while it is being sent. */
  @Test
  void anAbortInTheMiddleOfALongRequest(Cell cell) throws IOException {
    try (CacheManager client = new CacheManager(cell, PortKind.NIO)) {
      assertThatThrownBy(() -> store(client, new Fid(4711, 2, 2), Rpc.random(1, 3_000_000)))
          .isInstanceOfSatisfying(
              RemoteAbortException.class,
              e -> assertThat(e.code().value()).isEqualTo(FileService.VNOVOL));
    }
  }
}
