// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.CallHandler;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.afs.vl.Nvldbentry;
import io.rxrpc.afs.vol.AFSVolService;
import io.rxrpc.afs.vol.VolConstants;
import io.rxrpc.afs.vol.VolintInfo;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.interop.peers.Programs;
import io.rxrpc.rpc.Caller;
import io.rxrpc.udp.PortKind;
import io.rxrpc.xdr.Ints;
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
    ListedVldb listed = new ListedVldb("java", 1000, size);
    try (StandIn vldb = vldb(listed)) {
      String printed = vos(vldb.clientConfiguration(directory), "listvldb").ok().out();
      String words = printed.replaceAll("\\s+", " ");
      for (Nvldbentry entry : listed.entries()) {
        assertThat(words)
            .contains(
                " %s RWrite: %d number of sites -> 1 server 192.0.2.1 partition /vicepc RW Site "
                    .formatted(entry.name(), entry.volumeId().get(0)));
      }
      assertThat(printed).contains("Total entries: " + size);
      assertThat(vldb.endpoint().counters()).containsEntry("calls-failed", 0L);
    }
  }

  @Test
  void vosSaysThatAVolumeIsUnknown(@TempDir Path directory) throws IOException {
    try (StandIn vldb = vldb(new ListedVldb("java", 1000, 3))) {
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
    try (StandIn other = StandIn.open(WellKnownService.VL.port(), 1, CallHandler.blob(r -> r))) {
      Programs.Result result = vos(other.clientConfiguration(directory), "listvldb");
      assertThat(result.exit()).isNotZero();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(other.endpoint().counters().get("aborts-sent")).isPositive();
    }
  }

  private static StandIn vldb(ListedVldb listed) throws IOException {
    return StandIn.open(WellKnownService.VL.port(), WellKnownService.VL.id(), listed.dispatcher());
  }

  @Test
  void vosListsVolumesOfAJavaServer(@TempDir Path directory) throws IOException {
    List<VolintInfo> volumes =
        IntStream.range(0, 500).mapToObj(i -> volume("volume." + i, 2000 + i, 10 * i)).toList();
    AFSVolService service =
        new AFSVolService() {
          @Override
          public Ints xListPartitions(Caller caller) {
            return Ints.of(0, 25);
          }

          @Override
          public List<VolintInfo> listVolumes(Caller caller, int partition, int flags) {
            return volumes;
          }
        };
    try (StandIn server =
        StandIn.open(
            WellKnownService.VOL.port(), WellKnownService.VOL.id(), service.dispatcher())) {
      String configuration = server.clientConfiguration(directory);
      String partitions = vos(configuration, "listpart", server.host()).ok().out();
      assertThat(partitions).contains("/vicepa", "/vicepz", "Total: 2");
      String printed = vos(configuration, "listvol", server.host(), "a").ok().out();
      assertThat(printed).contains("Total number of volumes on server " + server.host());
      for (VolintInfo v : volumes) {
        assertThat(printed)
            .containsPattern(
                "(?m)^" + v.name() + " +" + v.volid() + " RW +" + v.size() + " K On-line");
      }
    }
  }

  private static VolintInfo volume(String name, int id, int size) {
    return new VolintInfo(
        name,
        id,
        0,
        0,
        id,
        0,
        VolConstants.VOK,
        0,
        1,
        0,
        0,
        1,
        1,
        1,
        0,
        0,
        1,
        0,
        size,
        0,
        0,
        0,
        0,
        0);
  }
}
