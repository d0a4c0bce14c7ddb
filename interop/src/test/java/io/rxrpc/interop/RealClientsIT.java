package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.AbortCode;
import io.rxrpc.CallAbort;
import io.rxrpc.CallHandler;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.interop.afs.Vldb;
import io.rxrpc.interop.afs.VolumeService;
import io.rxrpc.interop.afs.VolumeService.Volume;
import io.rxrpc.interop.afs.XdrReader;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.interop.peers.Programs;
import io.rxrpc.udp.PortKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAFS's own commands, and a Java server. */
@Needs(Peer.CLIENTS)
class RealClientsIT {
  private static Programs.Result vos(String configuration, String... arguments) {
    List<String> command = new ArrayList<>(List.of("vos"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-noauth", "-noresolve", "-config", configuration));
    return Programs.run(Duration.ofMinutes(1), command);
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void rxdebugPrintsTheVersion(PortKind kind) throws IOException {
    try (RxrpcEndpoint server =
        RxrpcEndpoint.builder()
            .local(Rpc.loopback("127.0.0.1", 0))
            .port(kind)
            .version("the version of this test")
            .open()) {
      String port = String.valueOf(server.localAddress().getPort());
      assertThat(Programs.run("rxdebug", "127.0.0.1", port, "-version").ok().out())
          .contains("AFS version: the version of this test");
    }
  }

  /** One packet, some packets, and 400 kB with the flow control of both sides. */
  @ParameterizedTest
  @ValueSource(ints = {1, 20, 800})
  void vosListsAVldbInJava(int size, @TempDir Path directory) throws IOException {
    try (StandIn vldb =
        StandIn.open(Vldb.PORT, Vldb.SERVICE, CallHandler.blob(r -> vldb(r, size)))) {
      String printed = vos(vldb.clientConfiguration(directory), "listvldb").ok().out();
      String words = printed.replaceAll("\\s+", " ");
      for (Vldb.Entry entry : entries(size)) {
        assertThat(words)
            .contains(
                " %s RWrite: %d number of sites -> 1 server 192.0.2.1 partition /vicepc RW Site "
                    .formatted(entry.name(), entry.volumeIds().getFirst()));
      }
      assertThat(printed).contains("Total entries: " + size);
      assertThat(vldb.endpoint().counters()).containsEntry("calls-failed", 0L);
    }
  }

  @Test
  void vosSaysThatAVolumeIsUnknown(@TempDir Path directory) throws IOException {
    try (StandIn vldb = StandIn.open(Vldb.PORT, Vldb.SERVICE, CallHandler.blob(r -> vldb(r, 3)))) {
      Programs.Result result = vos(vldb.clientConfiguration(directory), "listvldb", "no.such");
      assertThat(result.exit()).isNotZero();
      assertThat(result.err()).contains("VLDB: no such entry");
    }
  }

  /**
   * The ABORT that refuses the call is one that OpenAFS takes: it would wait for long otherwise.
   */
  @Test
  void vosLearnsThatThereIsNoSuchService(@TempDir Path directory) throws IOException {
    long start = System.nanoTime();
    try (StandIn other = StandIn.open(Vldb.PORT, 1, CallHandler.blob(r -> r))) {
      Programs.Result result = vos(other.clientConfiguration(directory), "listvldb");
      assertThat(result.exit()).isNotZero();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(other.endpoint().counters().get("aborts-sent")).isPositive();
    }
  }

  private static List<Vldb.Entry> entries(int size) {
    Vldb.Site site = new Vldb.Site(0xc0000201, 2, Vldb.RW_SITE);
    return IntStream.range(0, size)
        .mapToObj(i -> Vldb.Entry.readWrite("java." + i, 1000 + i, site))
        .toList();
  }

  /** A location database that knows what {@code vos listvldb} asks. */
  private static byte[] vldb(byte[] request, int size) {
    XdrReader in = new XdrReader(request);
    return switch (in.int32()) {
      case Vldb.LIST_ATTRIBUTES_N2 -> Vldb.listingReply(entries(size));
      case Vldb.GET_ENTRY_BY_NAME_N, Vldb.GET_ENTRY_BY_NAME_U ->
          throw new CallAbort(new AbortCode(Vldb.NO_ENTRY));
      default -> throw new CallAbort(AbortCode.OPCODE);
    };
  }

  @Test
  void vosListsVolumesOfAJavaServer(@TempDir Path directory) throws IOException {
    List<Volume> volumes =
        IntStream.range(0, 500)
            .mapToObj(
                i -> new Volume("volume." + i, 2000 + i, 0, VolumeService.ONLINE, 1, 1, 0, 10 * i))
            .toList();
    CallHandler handler =
        CallHandler.blob(
            request ->
                switch (new XdrReader(request).int32()) {
                  case VolumeService.LIST_PARTITIONS ->
                      VolumeService.partitionsReply(List.of(0, 25));
                  case VolumeService.LIST_VOLUMES -> VolumeService.volumesReply(volumes);
                  default -> throw new CallAbort(AbortCode.OPCODE);
                });
    try (StandIn server = StandIn.open(VolumeService.PORT, VolumeService.SERVICE, handler)) {
      String configuration = server.clientConfiguration(directory);
      String partitions = vos(configuration, "listpart", server.host()).ok().out();
      assertThat(partitions).contains("/vicepa", "/vicepz", "Total: 2");
      String printed = vos(configuration, "listvol", server.host(), "a").ok().out();
      assertThat(printed).contains("Total number of volumes on server " + server.host());
      for (Volume v : volumes) {
        assertThat(printed)
            .containsPattern(
                "(?m)^" + v.name() + " +" + v.id() + " RW +" + v.sizeKb() + " K On-line");
      }
    }
  }
}
