package io.rxrpc.interop;

import io.rxrpc.ClientCall;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.interop.afs.FileService;
import io.rxrpc.interop.afs.FileService.Fid;
import io.rxrpc.interop.afs.Vldb;
import io.rxrpc.interop.afs.VolumeService;
import io.rxrpc.interop.peers.Cell;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Cell cell;
  private final int parallel;
  private final long seed;
  private final List<LossyRelay> relays = new ArrayList<>();
  private final CacheManager client;
  private final RxrpcAddress vldb;
  private final RxrpcAddress volumes;
  private final Fid root;
  private final List<Fid> files = new ArrayList<>();

  /** How often the file server said that it is busy. */
  private final AtomicInteger busy = new AtomicInteger();

  LossyCell(Cell cell, double loss, long seed, int parallel) throws IOException {
    this.cell = cell;
    this.seed = seed;
    this.parallel = parallel;
    vldb = Rpc.service(relay(Vldb.PORT, loss, seed), Vldb.SERVICE);
    volumes = Rpc.service(relay(VolumeService.PORT, loss, seed + 1), VolumeService.SERVICE);
    client = new CacheManager(Rpc.open(), relay(FileService.PORT, loss, seed + 2));
    root = Fid.root(restored(VOLUME));
    untilNotBusy(FileService.fetchStatus(root)); // one goes ahead of the others
  }

  /**
   * A file server asks a client who it is at the first call of each connection, and answers VBUSY
   * to what comes meanwhile. That is not for long, but when the question is lost: then it asks
   * again after seconds. So cache managers make a call again, and so does this.
   */
  private byte[] untilNotBusy(byte[] request) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return client.call(request);
      } catch (RemoteAbortException e) {
        if (e.code().value() != FileService.VBUSY || System.nanoTime() - end > 0) {
          throw e;
        }
        busy.incrementAndGet();
      }
    }
  }

  private InetSocketAddress relay(int port, double loss, long relaySeed) throws IOException {
    LossyRelay relay =
        LossyRelay.open(Rpc.loopback("127.0.0.1", 0), cell.server(port), loss, relaySeed);
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
    return Vldb.entry(client.call(vldb, Vldb.getEntryByName(name))).volumeIds().getFirst();
  }

  /** Probes and look-ups, in turns of the location server and of the file server. */
  LossyPhase smallCalls(int calls) {
    return LossyWork.run(
        "small calls",
        calls,
        parallel,
        i -> {
          switch (i % 4) {
            case 0 -> client.call(vldb, Vldb.probe());
            case 1 -> same(VOLUME, volumeName());
            case 2 -> untilNotBusy(FileService.getTime());
            default ->
                same(2, FileService.status(untilNotBusy(FileService.fetchStatus(root))).type());
          }
          return 0;
        });
  }

  private String volumeName() throws IOException {
    return Vldb.entry(client.call(vldb, Vldb.getEntryByName(VOLUME))).name();
  }

  /** Files of random data, together of about that length. */
  LossyPhase store(long bytes, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      byte[] made = client.call(FileService.createFile(root, "file-" + i));
      files.add(FileService.createdFile(made));
    }
    // not a multiple of anything
    return LossyWork.run("files stored", count, parallel, i -> store(i, bytes / count + i));
  }

  private long store(int number, long length) throws IOException {
    try (ClientCall call = client.begin()) {
      try (OutputStream request = call.request()) {
        request.write(FileService.storeData(files.get(number), length));
        data(number, length).writeTo(request);
      }
      same(length, FileService.status(call.readAll(4096)).length());
    }
    return length;
  }

  /** Reads what {@link #store(long, int)} has written. */
  LossyPhase fetch(long bytes) {
    int count = files.size();
    return LossyWork.run("files fetched", count, parallel, i -> fetch(i, bytes / count + i));
  }

  private long fetch(int number, long length) throws IOException {
    try (ClientCall call = client.begin()) {
      try (OutputStream request = call.request()) {
        request.write(FileService.fetchData(files.get(number), length));
      }
      InputStream reply = call.reply();
      same(length, FileService.fetchedLength(reply));
      data(number, length).expectFrom(reply);
      reply.readAllBytes();
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

  private byte[] dump(RxrpcAddress server, int volume) throws IOException {
    byte[] begin = VolumeService.createTransaction(volume, 0, VolumeService.BUSY);
    int transaction = VolumeService.number(client.call(server, begin));
    try (ClientCall call = client.begin(server)) {
      try (OutputStream request = call.request()) {
        request.write(VolumeService.dump(transaction));
      }
      return call.reply().readAllBytes();
    } finally {
      same(0, VolumeService.number(client.call(server, VolumeService.endTransaction(transaction))));
    }
  }

  private void restore(int volume, byte[] dump) throws IOException {
    byte[] begin = VolumeService.createTransaction(volume, 0, VolumeService.OFFLINE);
    int transaction = VolumeService.number(client.call(volumes, begin));
    try (ClientCall call = client.begin(volumes)) {
      try (OutputStream request = call.request()) {
        request.write(VolumeService.restore(transaction, COPY, volume));
        request.write(dump);
      }
      call.readAll(4096);
    } finally {
      byte[] end = client.call(volumes, VolumeService.endTransaction(transaction));
      same(0, VolumeService.number(end));
    }
    // past the relay: what the server has now; the headers have the name twice, and dates
    RxrpcAddress direct = Rpc.service(cell.server(VolumeService.PORT), VolumeService.SERVICE);
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
