package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rxrpc.CallOptions;
import io.rxrpc.LocalErrorException;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.interop.afs.Overseer;
import io.rxrpc.interop.afs.Protection;
import io.rxrpc.interop.afs.Vldb;
import io.rxrpc.interop.afs.VolumeService;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.tokens.keyfile.LocalAuth;
import io.rxrpc.wire.AbortCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A Java client with a ticket of its own making, and the real servers of a secured cell. */
abstract class SecuredServers {
  /** What vlserver says to those who may not change its database. */
  private static final int VL_PERM = 363546;

  private final KeyFolder.Kind kind;
  private RxrpcEndpoint endpoint;
  @TempDir private Path folder;

  SecuredServers(KeyFolder.Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() throws IOException {
    endpoint = Rpc.open();
  }

  @AfterEach
  void close() {
    endpoint.close();
  }

  private static RxrpcAddress vldb(Cell cell) {
    return Rpc.service(cell.server(Vldb.PORT), Vldb.SERVICE);
  }

  private static CallOptions with(RxkadToken token, SecurityLevel level) {
    return CallOptions.DEFAULT.timeout(Duration.ofSeconds(30)).token(token, level);
  }

  private static CallOptions superuser(Cell cell, SecurityLevel level) throws IOException {
    return with(LocalAuth.token(cell.keys(), Instant.now()), level);
  }

  @ParameterizedTest
  @EnumSource(SecurityLevel.class)
  void fourServersAnswerAtEveryLevel(SecurityLevel level, Cell cell) throws IOException {
    CallOptions options = superuser(cell, level);
    Vldb.Listing listing = Vldb.listing(endpoint.call(vldb(cell), Vldb.list("", 0), options));
    assertThat(listing.entries()).extracting(Vldb.Entry::name).contains("root.cell");
    RxrpcAddress protection = Rpc.service(cell.server(Protection.PORT), Protection.SERVICE);
    List<String> names = List.of("admin", "user");
    assertThat(Protection.ids(endpoint.call(protection, Protection.nameToId(names), options)))
        .doesNotContain(Protection.ANONYMOUS);
    RxrpcAddress volumes = Rpc.service(cell.server(VolumeService.PORT), VolumeService.SERVICE);
    assertThat(
            VolumeService.partitions(
                endpoint.call(volumes, VolumeService.listPartitions(), options)))
        .containsExactly(0);
    RxrpcAddress overseer = Rpc.service(cell.server(Overseer.PORT), Overseer.SERVICE);
    assertThat(Overseer.text(endpoint.call(overseer, Overseer.getCellName(), options)))
        .isEqualTo("test.example");
    assertThat(endpoint.counters()).containsEntry("calls-failed", 0L);
  }

  /** Long requests and replies, in sealed jumbograms of the server's. */
  @ParameterizedTest
  @EnumSource(SecurityLevel.class)
  void longRepliesCanBeUnsealed(SecurityLevel level, Cell cell) throws IOException {
    CallOptions options = superuser(cell, level);
    RxrpcAddress protection = Rpc.service(cell.server(Protection.PORT), Protection.SERVICE);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      names.add(i % 100 == 99 ? "user" : "nobody" + i);
    }
    List<Integer> ids =
        Protection.ids(endpoint.call(protection, Protection.nameToId(names), options));
    assertThat(ids).hasSize(names.size());
    assertThat(Protection.names(endpoint.call(protection, Protection.idToName(ids), options)))
        .hasSize(names.size())
        .contains("user");
  }

  @Test
  void onlyTheSuperuserMayChangeThings(Cell cell) throws IOException {
    int id = 800_000_000 + kind.ordinal();
    Vldb.Site site =
        new Vldb.Site(ByteBuffer.wrap(cell.address().getAddress()).getInt(), 0, Vldb.RW_SITE);
    byte[] create = Vldb.createEntry(Vldb.Entry.readWrite("secured." + id, id, site));
    assertThat(refusal(cell, create, CallOptions.DEFAULT)).isEqualTo(VL_PERM);
    RxkadToken user = LocalAuth.token(cell.keys(), "user", "", Instant.now());
    assertThat(refusal(cell, create, with(user, SecurityLevel.ENCRYPT))).isEqualTo(VL_PERM);
    endpoint.call(vldb(cell), create, superuser(cell, SecurityLevel.ENCRYPT));
    endpoint.call(vldb(cell), Vldb.deleteEntry(id), superuser(cell, SecurityLevel.CLEAR));
    RxkadToken admin = LocalAuth.token(cell.keys(), "admin", "", Instant.now());
    endpoint.call(vldb(cell), create, with(admin, SecurityLevel.AUTH));
    endpoint.call(vldb(cell), Vldb.deleteEntry(id), with(admin, SecurityLevel.AUTH));
  }

  private int refusal(Cell cell, byte[] request, CallOptions options) {
    return refusal(vldb(cell), request, options);
  }

  private int refusal(RxrpcAddress to, byte[] request, CallOptions options) {
    RemoteAbortException e =
        catchThrowableOfType(RemoteAbortException.class, () -> endpoint.call(to, request, options));
    assertThat(e).isNotNull();
    return e.code().value();
  }

  private RxkadToken forged(int kvno, String key) throws IOException {
    Path keys = KeyFolder.write(folder.resolve("forged"), "127.0.0.1", kind, kvno, key);
    return LocalAuth.token(keys, Instant.now());
  }

  @Test
  void wrongKeysAndVersionsHaveTheirCodes(Cell cell) throws IOException {
    RxkadToken wrong = forged(kind.kvno, kind.otherKey());
    assertThat(refusal(cell, Vldb.probe(), with(wrong, SecurityLevel.ENCRYPT)))
        .isEqualTo(AbortCodes.RXKADBADTICKET);
    RxkadToken unknown = forged(kind.kvno + 1, kind.key);
    assertThat(refusal(cell, Vldb.probe(), with(unknown, SecurityLevel.ENCRYPT)))
        .isEqualTo(AbortCodes.RXKADUNKNOWNKEY);
  }

  @Test
  void anExpiredTicketIsRefusedByBothEnds(Cell cell) throws IOException {
    RxkadToken old = LocalAuth.token(cell.keys(), Instant.now().minus(Duration.ofHours(12)));
    assertThatThrownBy(
            () -> endpoint.call(vldb(cell), Vldb.probe(), with(old, SecurityLevel.CLEAR)))
        .isInstanceOf(LocalErrorException.class)
        .hasMessageContaining("RXKADEXPIRED (19270409)");
    assertThat(endpoint.counters()).containsEntry("datagrams-sent", 0L);
    // the same ticket by a client that does not know how long it is good
    RxkadToken unaware = new RxkadToken(old.kvno(), old.sessionKey(), 0xffffffffL, old.ticket());
    assertThat(refusal(cell, Vldb.probe(), with(unaware, SecurityLevel.CLEAR)))
        .isEqualTo(AbortCodes.RXKADEXPIRED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void alteredPacketsAreNoticed(boolean ofClient, Cell cell) throws IOException {
    try (TamperingRelay relay =
        TamperingRelay.open(Rpc.loopback("127.0.0.1", 0), cell.server(Vldb.PORT), ofClient, 1)) {
      RxrpcAddress to = Rpc.service(relay.localAddress(), Vldb.SERVICE);
      CallOptions options = superuser(cell, SecurityLevel.ENCRYPT);
      if (ofClient) {
        assertThat(refusal(to, Vldb.list("", 0), options)).isEqualTo(AbortCodes.RXKADSEALEDINCON);
      } else {
        assertThatThrownBy(() -> endpoint.call(to, Vldb.list("", 0), options))
            .isInstanceOf(LocalErrorException.class)
            .hasMessageContaining("RXKADSEALEDINCON (19270410)");
        // for the server the call is over when its whole reply has arrived: it is not told
      }
      assertThat(relay.altered()).isPositive();
    }
  }
}
