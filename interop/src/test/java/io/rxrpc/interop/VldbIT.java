// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.Partition;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.afs.vl.FileServerAddresses;
import io.rxrpc.afs.vl.Uvldbentry;
import io.rxrpc.afs.vl.VlClient;
import io.rxrpc.afs.vl.Vldb;
import io.rxrpc.afs.vl.VolumeEntry;
import io.rxrpc.afs.vl.VolumeSite;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.interop.peers.Programs;
import io.rxrpc.rpc.RpcAbortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Java client and the real volume location server. */
@Needs(Peer.CELL)
class VldbIT {
  private static RxrpcEndpoint endpoint;
  private static Cell cell;
  private static Vldb vldb;

  @BeforeAll
  static void open(Cell running) throws IOException {
    endpoint = Rpc.open();
    cell = running;
    vldb = new Vldb(new VlClient(Rpc.client(endpoint, cell, WellKnownService.VL)));
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

  @Test
  void entryIsWhatVosExaminePrints() throws IOException {
    VolumeEntry entry = vldb.entryByUuids("root.cell");
    Map<String, String> printed = fields(cell.run("vos", "examine", "root.cell", "-format"));
    assertThat(printed).containsEntry("name", entry.name());
    assertThat(printed).containsEntry("id", Integer.toUnsignedString(entry.readWriteId()));
    assertThat(entry.sites()).hasSize(1);
    VolumeSite site = entry.sites().getFirst();
    assertThat(printed).containsEntry("part", site.partition().toString());
    assertThat(site.isReadWrite()).isTrue();
    assertThat(entry.hasReadWrite()).isTrue();
  }

  @Test
  void addressesAreWhatVosListaddrsPrints() throws IOException {
    UUID server = vldb.entryByUuids("root.cell").sites().getFirst().uuid();
    FileServerAddresses addresses = vldb.server(server);
    List<String> printed = cell.run("vos", "listaddrs", "-printuuid").ok().lines();
    assertThat(printed.getFirst().replace("-", ""))
        .contains(addresses.uuid().toString().replace("-", ""));
    assertThat(addresses.addresses()).containsExactly(cell.address());
    assertThat(printed).contains(cell.address().getHostAddress());
  }

  /** 200 entries are 100 kB: seventy packets, with the server's jumbograms. */
  @Test
  void aLongListingIsWhatVosListvldbPrints() throws IOException {
    List<Integer> ids = IntStream.range(0, 200).mapToObj(i -> 700_000_000 + i * 3).toList();
    VolumeSite site = VolumeSite.readWrite(cell.address(), new Partition(0));
    for (int id : ids) {
      vldb.create(VolumeEntry.ofNew("interop." + id, id, id + 1, id + 2, site));
    }
    try {
      List<VolumeEntry> listing = vldb.entries().toList();
      List<String> names = listing.stream().map(VolumeEntry::name).sorted().toList();
      assertThat(names).hasSizeGreaterThan(200).contains("root.cell", "interop.700000000");
      Pattern name = Pattern.compile("^(\\S+) $", Pattern.MULTILINE);
      String printed = cell.run("vos", "listvldb", "-quiet").ok().out();
      assertThat(name.matcher(printed).results().map(m -> m.group(1)).sorted().toList())
          .isEqualTo(names);
      assertThat(listing)
          .allSatisfy(
              e ->
                  assertThat(e.sites())
                      .extracting(VolumeSite::address)
                      .containsOnly(cell.address()));
    } finally {
      for (int id : ids) {
        vldb.delete(id);
      }
    }
  }

  @Test
  void noSuchVolumeIsAnAbortWithVlsCode() throws IOException {
    assertThat(vldb.find("no.such.volume")).isEmpty();
    assertThatThrownBy(() -> vldb.entry("no.such.volume"))
        .isInstanceOfSatisfying(
            RpcAbortException.class, e -> assertThat(e.error().name()).isEqualTo("VL_NOENT"))
        .hasMessageContaining(cell.address().getHostAddress() + ":7003/52")
        .hasMessageContaining("363524");
  }

  @Test
  void fiveHundredCallsAtOnce() {
    List<CompletableFuture<Uvldbentry>> calls =
        Stream.generate(() -> vldb.client().async().getEntryByNameU("root.cell"))
            .limit(500)
            .toList();
    Map<String, Long> names =
        calls.stream()
            .map(CompletableFuture::join)
            .collect(Collectors.groupingBy(Uvldbentry::name, Collectors.counting()));
    assertThat(names).isEqualTo(Map.of("root.cell", 500L));
  }

  @Test
  void aThousandCallsOneAfterAnother() throws IOException {
    try (RxrpcEndpoint fresh = Rpc.open()) {
      VlClient client = new VlClient(Rpc.client(fresh, cell, WellKnownService.VL));
      for (int i = 0; i < 1000; i++) {
        client.probeServer();
      }
      Rpc.assertNothingWasLost(fresh);
      assertThat(fresh.status().liveCalls()).isZero();
      assertThat(fresh.status().clientConnections()).isEqualTo(1);
    }
  }

  /** What the page about AFS shows, as somebody would try it. */
  @Test
  void tenLinesListTheVolumesOfTheCell(@TempDir Path folder) throws IOException {
    Path root = Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("..");
    Matcher program =
        Pattern.compile("<!-- file ListVolumes.java -->\n```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(root.resolve("docs/afs.md")));
    assertThat(program.find()).isTrue();
    Path file = Files.writeString(folder.resolve("ListVolumes.java"), program.group(1));
    String printed =
        Programs.run(
                Duration.ofMinutes(1),
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    file.toString(),
                    cell.address().getHostAddress()))
            .ok()
            .out();
    assertThat(printed.lines())
        .contains("root.cell [" + cell.address().getHostAddress() + " /vicepa]");
  }
}
