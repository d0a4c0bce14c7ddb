// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.CallHandler;
import io.rxrpc.RxkadServiceOptions;
import io.rxrpc.ServiceOptions;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.afs.pt.PrService;
import io.rxrpc.afs.pt.Prcheckentry;
import io.rxrpc.interop.KeyFolder.Kind;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.interop.peers.Programs;
import io.rxrpc.rpc.Caller;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.tokens.keyfile.ServerKeyFile;
import io.rxrpc.xdr.Ints;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenAFS's own commands prove to a Java server who they are. */
@Needs(Peer.CLIENTS)
class SecuredClientsIT {
  private static final int ENTRIES = 40;

  @TempDir private Path folder;
  private final List<PeerIdentity> seen = new CopyOnWriteArrayList<>();

  private RxkadServiceOptions.Only options(Kind kind) throws IOException {
    Path keys = KeyFolder.write(folder.resolve("server"), "127.0.0.1", kind);
    return ServiceOptions.rxkad(ServerKeyFile.open(keys));
  }

  private StandIn vldb(ServiceOptions options) throws IOException {
    return StandIn.open(
        WellKnownService.VL.port(),
        WellKnownService.VL.id(),
        options,
        noting(new ListedVldb("java", 1000, ENTRIES).dispatcher()));
  }

  /** Notes down who calls. */
  private CallHandler noting(CallHandler answer) {
    return call -> {
      seen.add(call.identity());
      assertThat(call.level()).isEqualTo(call.identity().level());
      answer.handle(call);
    };
  }

  private static Programs.Result run(Path configuration, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("-localauth", "-config", configuration.toString()));
    if (command[0].equals("vos")) {
      all.add("-noresolve");
    }
    return Programs.run(Duration.ofMinutes(1), all);
  }

  private Programs.Result listVldb(StandIn server, Kind kind, boolean encrypt) throws IOException {
    Path configuration = KeyFolder.write(folder.resolve("client"), server.host(), kind);
    return encrypt
        ? run(configuration, "vos", "listvldb", "-encrypt")
        : run(configuration, "vos", "listvldb");
  }

  private void assertSeen(SecurityLevel level) {
    assertThat(seen).isNotEmpty();
    assertThat(seen)
        .allSatisfy(
            peer -> {
              assertThat(peer.principal()).isEqualTo("afs");
              assertThat(peer.level()).isEqualTo(level);
            });
  }

  @ParameterizedTest
  @CsvSource({"DES, false", "DES, true", "AES, false", "AES, true"})
  @Tag("R-66")
  void vosIsTheSuperuserAtTheLevelItWasAskedFor(Kind kind, boolean encrypt) throws IOException {
    try (StandIn server = vldb(options(kind))) {
      Programs.Result result = listVldb(server, kind, encrypt);
      assertThat(result.ok().out()).contains("Total entries: " + ENTRIES).contains("java.39");
      assertSeen(encrypt ? SecurityLevel.ENCRYPT : SecurityLevel.CLEAR);
      assertThat(server.endpoint().counters()).containsEntry("calls-failed", 0L);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Tag("R-66")
  void ptsAlwaysEncrypts(Kind kind) throws IOException {
    CallHandler handler = noting(new OneUser().dispatcher()).requiring(SecurityLevel.ENCRYPT);
    try (StandIn server =
        StandIn.open(
            WellKnownService.PT.port(), WellKnownService.PT.id(), options(kind), handler)) {
      Path configuration = KeyFolder.write(folder.resolve("client"), server.host(), kind);
      Programs.Result result = run(configuration, "pts", "examine", "user");
      assertThat(result.ok().out()).startsWith("Name: user, id: 17, owner: ");
      assertSeen(SecurityLevel.ENCRYPT);
    }
  }

  /** A protection database that knows one user. */
  private static final class OneUser implements PrService {
    @Override
    public Ints nameToID(Caller caller, List<String> names) {
      return Ints.of(17);
    }

    @Override
    public List<String> idToName(Caller caller, Ints ids) {
      return ids.stream().mapToObj(id -> "user" + id).toList();
    }

    @Override
    public Prcheckentry listEntry(Caller caller, int id) {
      return new Prcheckentry(0x80, id, -204, -204, 20, 0, 0, Ints.of(new int[5]), "user");
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aTicketUnderAnotherKeyIsRefused(Kind kind) throws IOException {
    try (StandIn server = vldb(options(kind))) {
      Path configuration =
          KeyFolder.write(
              folder.resolve("client"), server.host(), kind, kind.kvno, kind.otherKey());
      assertRefused(run(configuration, "vos", "listvldb"), "19270407|security object was passed");
      assertThat(server.endpoint().counters().get("responses-refused")).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anUnknownKeyVersionIsRefused(Kind kind) throws IOException {
    try (StandIn server = vldb(options(kind))) {
      Path configuration =
          KeyFolder.write(folder.resolve("client"), server.host(), kind, kind.kvno + 1, kind.key);
      assertRefused(
          run(configuration, "vos", "listvldb"), "19270408|ticket contained unknown key version");
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Tag("R-64")
  void tooLowALevelIsRefused(Kind kind) throws IOException {
    try (StandIn server = vldb(options(kind).minimumLevel(SecurityLevel.ENCRYPT))) {
      assertRefused(listVldb(server, kind, false), "19270402|[Ss]ecurity level");
      assertThat(listVldb(server, kind, true).ok().out()).contains("Total entries: " + ENTRIES);
      assertSeen(SecurityLevel.ENCRYPT);
    }
  }

  private void assertRefused(Programs.Result result, String text) {
    assertThat(result.exit()).as(result.toString()).isNotZero();
    assertThat(result.err()).containsPattern(text);
    assertThat(seen).isEmpty();
  }

  /** The sealed header of the first block, so that every level but clear notices it. */
  @ParameterizedTest
  @CsvSource({"DES, true", "DES, false", "AES, true", "AES, false"})
  void alteredPacketsAreNoticed(Kind kind, boolean ofClient) throws IOException {
    try (StandIn server = vldb(options(kind));
        TamperingRelay relay =
            TamperingRelay.open(
                new InetSocketAddress("127.3.0.1", WellKnownService.VL.port()),
                server.endpoint().localAddress(),
                ofClient,
                1)) {
      Path configuration = KeyFolder.write(folder.resolve("client"), "127.3.0.1", kind);
      Programs.Result result = run(configuration, "vos", "listvldb", "-encrypt");
      assertThat(result.exit()).as(result.toString()).isNotZero();
      assertThat(result.err()).containsPattern("19270410|sealed data inconsistent");
      assertThat(relay.altered()).isPositive();
      long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (server.endpoint().counters().get("calls-failed") == 0 && System.nanoTime() - end < 0) {
        Thread.onSpinWait(); // the command has ended, its ABORT may be on its way through the relay
      }
      assertThat(server.endpoint().counters().get("calls-failed")).isPositive();
    }
  }
}
