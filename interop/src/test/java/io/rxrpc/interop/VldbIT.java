package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.interop.afs.Vldb;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.interop.peers.Programs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A Java client and the real volume location server. */
@Needs(Peer.CELL)
class VldbIT {
  private static RxrpcEndpoint endpoint;
  private static Cell cell;
  private static RxrpcAddress vldb;

  @BeforeAll
  static void open(Cell running) throws IOException {
    endpoint = Rpc.open();
    cell = running;
    vldb = Rpc.service(cell.server(Vldb.PORT), Vldb.SERVICE);
  }

  @AfterAll
  static void close() {
    if (endpoint != null) {
      endpoint.close();
    }
  }

  /** Lines of {@code vos ... -format}: a field's name, tabs, and its value. */
  private static Map<String, String> fields(Programs.Result result) {
    return result.ok().lines().stream()
        .map(line -> line.trim().split("\\s+", 2))
        .filter(words -> words.length == 2)
        .collect(Collectors.toMap(w -> w[0], w -> w[1], (a, _) -> a));
  }

  private static int ipv4() {
    return ByteBuffer.wrap(cell.address().getAddress()).getInt();
  }

  @Test
  void entryIsWhatVosExaminePrints() throws IOException {
    Vldb.EntryU entry = Vldb.entryU(endpoint.call(vldb, Vldb.getEntryByNameU("root.cell")));
    Map<String, String> printed = fields(cell.run("vos", "examine", "root.cell", "-format"));
    assertThat(printed).containsEntry("name", entry.name());
    assertThat(printed).containsEntry("id", Integer.toUnsignedString(entry.volumeIds().getFirst()));
    assertThat(printed)
        .containsEntry("part", "/vicep" + (char) ('a' + entry.sites().getFirst().partition()));
    assertThat(entry.sites()).hasSize(1);
    assertThat(entry.sites().getFirst().flags() & Vldb.RW_SITE).isNotZero();
    assertThat(entry.flags() & Vldb.RW_EXISTS).isNotZero();
  }

  @Test
  void addressesAreWhatVosListaddrsPrints() throws IOException {
    Vldb.EntryU entry = Vldb.entryU(endpoint.call(vldb, Vldb.getEntryByNameU("root.cell")));
    Vldb.Addresses addresses =
        Vldb.addresses(endpoint.call(vldb, Vldb.getAddresses(entry.servers().getFirst())));
    List<String> printed = cell.run("vos", "listaddrs", "-printuuid").ok().lines();
    String uuid = addresses.uuid().toString();
    assertThat(printed.getFirst().replace("-", "")).contains(uuid.replace("-", ""));
    assertThat(addresses.ipv4()).containsExactly(ipv4());
    assertThat(printed).contains(cell.address().getHostAddress());
  }

  /** 200 entries are 100 kB: seventy packets, with the server's jumbograms. */
  @Test
  void aLongListingIsWhatVosListvldbPrints() throws IOException {
    List<Integer> ids = IntStream.range(0, 200).mapToObj(i -> 700_000_000 + i * 3).toList();
    Vldb.Site site = new Vldb.Site(ipv4(), 0, Vldb.RW_SITE);
    for (int id : ids) {
      endpoint.call(vldb, Vldb.createEntry(Vldb.Entry.readWrite("interop." + id, id, site)));
    }
    try {
      Vldb.Listing listing = Vldb.listing(endpoint.call(vldb, Vldb.list("", 0)));
      assertThat(listing.next()).isEqualTo(-1);
      List<String> names = listing.entries().stream().map(Vldb.Entry::name).sorted().toList();
      assertThat(names).hasSizeGreaterThan(200).contains("root.cell", "interop.700000000");
      Pattern name = Pattern.compile("^(\\S+) $", Pattern.MULTILINE);
      String printed = cell.run("vos", "listvldb", "-quiet").ok().out();
      assertThat(name.matcher(printed).results().map(m -> m.group(1)).sorted().toList())
          .isEqualTo(names);
      assertThat(listing.entries())
          .allSatisfy(
              e -> assertThat(e.sites()).extracting(Vldb.Site::server).containsOnly(ipv4()));
    } finally {
      for (int id : ids) {
        endpoint.call(vldb, Vldb.deleteEntry(id));
      }
    }
  }

  @Test
  void noSuchVolumeIsAnAbortWithVlsCode() {
    assertThatThrownBy(() -> endpoint.call(vldb, Vldb.getEntryByName("no.such.volume")))
        .isInstanceOfSatisfying(
            RemoteAbortException.class, e -> assertThat(e.code().value()).isEqualTo(Vldb.NO_ENTRY))
        .hasMessageContaining(cell.address().getHostAddress() + ":7003/52")
        .hasMessageContaining("363524");
  }

  @Test
  void fiveHundredCallsAtOnce() {
    List<CompletableFuture<Vldb.EntryU>> calls =
        Stream.generate(() -> endpoint.callAsync(vldb, Vldb.getEntryByNameU("root.cell")))
            .limit(500)
            .map(f -> f.thenApply(Vldb::entryU))
            .toList();
    Map<String, Long> names =
        calls.stream()
            .map(CompletableFuture::join)
            .collect(Collectors.groupingBy(Vldb.EntryU::name, Collectors.counting()));
    assertThat(names).isEqualTo(Map.of("root.cell", 500L));
  }

  @Test
  void aThousandCallsOneAfterAnother() throws IOException {
    try (RxrpcEndpoint fresh = Rpc.open()) {
      for (int i = 0; i < 1000; i++) {
        assertThat(fresh.call(vldb, Vldb.probe())).isEmpty();
      }
      Rpc.assertNothingWasLost(fresh);
      assertThat(fresh.status().liveCalls()).isZero();
      assertThat(fresh.status().clientConnections()).isEqualTo(1);
    }
  }
}
