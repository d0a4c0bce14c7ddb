// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import io.rxrpc.afs.Partition;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.afs.fs.AFSFetchStatus;
import io.rxrpc.afs.fs.AFSFid;
import io.rxrpc.afs.fs.AFSStoreStatus;
import io.rxrpc.afs.fs.FileServer;
import io.rxrpc.afs.fs.FileState;
import io.rxrpc.afs.fs.Rxafs;
import io.rxrpc.afs.vl.VlClient;
import io.rxrpc.afs.vl.Vldb;
import io.rxrpc.afs.vol.AFSVolClient;
import io.rxrpc.afs.vol.Opening;
import io.rxrpc.afs.vol.VolConstants;
import io.rxrpc.afs.vol.VolumeServer;
import io.rxrpc.afs.vol.VolumeTransaction;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.rpc.RpcAbortException;
import io.rxrpc.rpc.SplitCall;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Java client and the real servers of a cell, with a relay before each server that loses
 * datagrams both ways: small calls, files stored and fetched, volumes dumped and restored. Bulk
 * data is compared by its digest.
 */
final class LossyCell implements AutoCloseable {
  private static final String VOLUME = "lossy";
  private static final String COPY = "lossy.copy";
  private static final Partition PARTITION = new Partition(0);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Cell cell;
  private final int parallel;
  private final long seed;
  private final List<LossyRelay> relays = new ArrayList<>();
  private final CacheManager client;
  private final Vldb vldb;
  private final VolumeServer volumes;
  private final AFSFid root;
  private final List<AFSFid> files = new ArrayList<>();

  /** How often the file server said that it is busy. */
  private final AtomicInteger busy = new AtomicInteger();

  LossyCell(Cell cell, double loss, long seed, int parallel) throws IOException {
    this.cell = cell;
    this.seed = seed;
    this.parallel = parallel;
    InetSocketAddress fileServer = relay(WellKnownService.FS, loss, seed + 2);
    client = new CacheManager(Rpc.open(), fileServer);
    vldb =
        new Vldb(
            new VlClient(
                client.at(
                    Rpc.service(
                        relay(WellKnownService.VL, loss, seed), WellKnownService.VL.id()))));
    volumes = volumes(relay(WellKnownService.VOL, loss, seed + 1));
    root = FileServer.root(restored(VOLUME));
    untilNotBusy(() -> client.server().status(root)); // one goes ahead of the others
  }

  private VolumeServer volumes(InetSocketAddress server) {
    return new VolumeServer(
        new AFSVolClient(client.at(Rpc.service(server, WellKnownService.VOL.id()))));
  }

  /** A call of the file server. */
  private interface Call<T> {
    T make() throws IOException;
  }

  /**
   * A file server asks a client who it is at the first call of each connection, and answers VBUSY
   * to what comes meanwhile. That is not for long, but when the question is lost: then it asks
   * again after seconds. So cache managers make a call again, and so does this.
   */
  private <T> T untilNotBusy(Call<T> call) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return call.make();
      } catch (RpcAbortException e) {
        if (!e.error().name().equals("VBUSY") || System.nanoTime() - end > 0) {
          throw e;
        }
        busy.incrementAndGet();
      }
    }
  }

  private InetSocketAddress relay(WellKnownService service, double loss, long relaySeed)
      throws IOException {
    LossyRelay relay =
        LossyRelay.open(Rpc.loopback("127.0.0.1", 0), cell.server(service.port()), loss, relaySeed);
    relays.add(relay);
    return relay.localAddress();
  }

  /** An empty volume in which everybody may write, made by vos and without loss. */
  private int restored(String name) throws IOException {
    String server = cell.address().getHostAddress();
    cell.run("vos", "restore", server, "a", name, "-file", cell.smallDump().toString()).ok();
    cell.run("vos", "setfields", name, "-maxquota", "0").ok();
    return volumeId(name);
  }

  private int volumeId(String name) throws IOException {
    return vldb.entry(name).readWriteId();
  }

  /** Probes and look-ups, in turns of the location server and of the file server. */
  LossyPhase smallCalls(int calls) {
    return LossyWork.run(
        "small calls",
        calls,
        parallel,
        i -> {
          switch (i % 4) {
            case 0 -> vldb.client().probeServer();
            case 1 -> same(VOLUME, volumeName());
            case 2 -> untilNotBusy(client.server()::time);
            default ->
                same(
                    FileState.Kind.DIRECTORY,
                    untilNotBusy(() -> client.server().status(root)).kind());
          }
          return 0;
        });
  }

  private String volumeName() throws IOException {
    return vldb.entry(VOLUME).name();
  }

  /** Files of random data, together of about that length. */
  LossyPhase store(long bytes, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      files.add(client.create(root, "file-" + i));
    }
    // not a multiple of anything
    return LossyWork.run("files stored", count, parallel, i -> store(i, bytes / count + i));
  }

  private long store(int number, long length) throws IOException {
    AFSStoreStatus nothing = new AFSStoreStatus(0, 0, 0, 0, 0, 0);
    try (SplitCall<Rxafs.StoreData64Result> call =
        client.files().storeData64(files.get(number), nothing, 0, length, length)) {
      data(number, length).writeTo(call.request());
      AFSFetchStatus status = call.end().outStatus();
      same(length, Integer.toUnsignedLong(status.length()));
    }
    return length;
  }

  /** Reads what {@link #store(long, int)} has written. */
  LossyPhase fetch(long bytes) {
    int count = files.size();
    return LossyWork.run("files fetched", count, parallel, i -> fetch(i, bytes / count + i));
  }

  private long fetch(int number, long length) throws IOException {
    try (SplitCall<Rxafs.FetchData64Result> call =
        client.files().fetchData64(files.get(number), 0, length)) {
      InputStream reply = call.reply();
      same(length, new DataInputStream(reply).readLong());
      data(number, length).expectFrom(reply);
      call.end();
    }
    return length;
  }

  /** The whole volume in one reply, and the same in one request; the copy must dump the same. */
  List<LossyPhase> dumpAndRestore() throws IOException {
    int id = root.volume();
    byte[][] dump = new byte[1][];
    LossyPhase dumped =
        LossyWork.run(
            "volume dumped",
            1,
            1,
            _ -> {
              dump[0] = dump(volumes, id);
              return dump[0].length;
            });
    if (!dumped.failures().isEmpty()) {
      return List.of(dumped);
    }
    int copy = restored(COPY);
    LossyPhase restored =
        LossyWork.run(
            "volume restored",
            1,
            1,
            _ -> {
              restore(copy, dump[0]);
              return dump[0].length;
            });
    return List.of(dumped, restored);
  }

  private static byte[] dump(VolumeServer server, int volume) throws IOException {
    ByteArrayOutputStream dump = new ByteArrayOutputStream();
    try (VolumeTransaction open = server.begin(volume, PARTITION, Opening.BUSY)) {
      open.dumpTo(dump, null);
      same(0, open.end());
    }
    return dump.toByteArray();
  }

  private void restore(int volume, byte[] dump) throws IOException {
    try (VolumeTransaction open = volumes.begin(volume, PARTITION, Opening.OFFLINE)) {
      open.restoreFrom(new ByteArrayInputStream(dump), COPY, VolConstants.VOLUME_RW, volume);
      same(0, open.end());
    }
    // past the relay: what the server has now; the headers have the name twice, and dates
    VolumeServer direct = volumes(cell.server(WellKnownService.VOL.port()));
    byte[] again = dump(direct, volume);
    int longer = 2 * (COPY.length() - VOLUME.length());
    same(dump.length + longer, again.length);
    int body = 1000;
    if (Arrays.mismatch(dump, body, dump.length, again, body + longer, again.length) != -1) {
      throw new LossyWork.WrongData("the restored volume differs from the dumped one");
    }
  }

  private static void same(Object expected, Object actual) throws LossyWork.WrongData {
    if (!expected.equals(actual)) {
      throw new LossyWork.WrongData("expected " + expected + ", got " + actual);
    }
  }

  /** Datagrams that the relays let through. */
  long passed() {
    return relays.stream().mapToLong(LossyRelay::passed).sum();
  }

  /** Datagrams that the relays lost. */
  long dropped() {
    return relays.stream().mapToLong(LossyRelay::dropped).sum();
  }

  /** What the relays did. */
  String datagrams() {
    long all = passed() + dropped();
    return String.format(
        Locale.ROOT,
        "%,d of %,d datagrams lost (%.2f %%), %,d DATA packets sent again; VBUSY %,d times",
        dropped(),
        all,
        100.0 * dropped() / Math.max(1, all),
        client.counter("data-resent"),
        busy.get());
  }

  @Override
  public void close() throws IOException {
    try {
      client.close();
    } finally {
      for (LossyRelay relay : relays) {
        relay.close();
      }
      String server = cell.address().getHostAddress();
      cell.run("vos", "remove", server, "a", VOLUME);
      cell.run("vos", "remove", server, "a", COPY);
    }
  }

  /** The data of one file. */
  private LossyData data(int number, long length) {
    return new LossyData(seed * 1000 + number, length);
  }
}
