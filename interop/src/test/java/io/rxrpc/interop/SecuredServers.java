// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rxrpc.CallOptions;
import io.rxrpc.LocalErrorException;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.Partition;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.afs.bos.BozoClient;
import io.rxrpc.afs.pt.PrClient;
import io.rxrpc.afs.pt.PtConstants;
import io.rxrpc.afs.vl.Vl;
import io.rxrpc.afs.vl.VlClient;
import io.rxrpc.afs.vl.Vldb;
import io.rxrpc.afs.vl.VolumeEntry;
import io.rxrpc.afs.vl.VolumeSite;
import io.rxrpc.afs.vol.AFSVolClient;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.rpc.RpcAbortException;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.tokens.keyfile.LocalAuth;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.xdr.Ints;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A Java client with a ticket of its own making, and the real servers of a secured cell. */
abstract class SecuredServers {
  private static final byte[] PROBE = Rpc.request(Vl.PROBE_SERVER.opcode());

  /** All entries of the location database: 24 octets of attributes, an empty name, and 0. */
  private static final byte[] LIST =
      Rpc.request(Vl.LIST_ATTRIBUTES_N2.opcode(), 0, 0, 0, 0, 0, 0, 0, 0);

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
    return Rpc.at(cell, WellKnownService.VL);
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
    Vldb vldb = new Vldb(new VlClient(Rpc.client(endpoint, cell, WellKnownService.VL)));
    assertThat(vldb.with(options).entries()).extracting(VolumeEntry::name).contains("root.cell");
    PrClient protection = new PrClient(Rpc.client(endpoint, cell, WellKnownService.PT));
    assertThat(protection.with(options).nameToID(List.of("admin", "user")).toArray())
        .doesNotContain(PtConstants.ANONYMOUSID);
    AFSVolClient volumes = new AFSVolClient(Rpc.client(endpoint, cell, WellKnownService.VOL));
    assertThat(volumes.with(options).xListPartitions()).isEqualTo(Ints.of(0));
    BozoClient overseer = new BozoClient(Rpc.client(endpoint, cell, WellKnownService.BOS));
    assertThat(overseer.with(options).getCellName()).isEqualTo("test.example");
    assertThat(endpoint.counters()).containsEntry("calls-failed", 0L);
  }

  /** Long requests and replies, in sealed jumbograms of the server's. */
  @ParameterizedTest
  @EnumSource(SecurityLevel.class)
  void longRepliesCanBeUnsealed(SecurityLevel level, Cell cell) throws IOException {
    CallOptions options = superuser(cell, level);
    PrClient protection =
        new PrClient(Rpc.client(endpoint, cell, WellKnownService.PT)).with(options);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      names.add(i % 100 == 99 ? "user" : "nobody" + i);
    }
    Ints ids = protection.nameToID(names);
    assertThat(ids.size()).isEqualTo(names.size());
    assertThat(protection.idToName(ids)).hasSize(names.size()).contains("user");
  }

  @Test
  void onlyTheSuperuserMayChangeThings(Cell cell) throws IOException {
    int id = 800_000_000 + kind.ordinal();
    VolumeSite site = VolumeSite.readWrite(cell.address(), new Partition(0));
    VolumeEntry entry = VolumeEntry.ofNew("secured." + id, id, id + 1, id + 2, site);
    Vldb vldb = new Vldb(new VlClient(Rpc.client(endpoint, cell, WellKnownService.VL)));
    assertNotPermitted(() -> vldb.create(entry));
    RxkadToken user = LocalAuth.token(cell.keys(), "user", "", Instant.now());
    assertNotPermitted(() -> vldb.with(with(user, SecurityLevel.ENCRYPT)).create(entry));
    vldb.with(superuser(cell, SecurityLevel.ENCRYPT)).create(entry);
    vldb.with(superuser(cell, SecurityLevel.CLEAR)).delete(id);
    RxkadToken admin = LocalAuth.token(cell.keys(), "admin", "", Instant.now());
    vldb.with(with(admin, SecurityLevel.AUTH)).create(entry);
    vldb.with(with(admin, SecurityLevel.AUTH)).delete(id);
  }

  private static void assertNotPermitted(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RpcAbortException.class, e -> assertThat(e.error().name()).isEqualTo("VL_PERM"));
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
    assertThat(refusal(cell, PROBE, with(wrong, SecurityLevel.ENCRYPT)))
        .isEqualTo(AbortCodes.RXKADBADTICKET);
    RxkadToken unknown = forged(kind.kvno + 1, kind.key);
    assertThat(refusal(cell, PROBE, with(unknown, SecurityLevel.ENCRYPT)))
        .isEqualTo(AbortCodes.RXKADUNKNOWNKEY);
  }

  @Test
  void anExpiredTicketIsRefusedByBothEnds(Cell cell) throws IOException {
    RxkadToken old = LocalAuth.token(cell.keys(), Instant.now().minus(Duration.ofHours(12)));
    assertThatThrownBy(() -> endpoint.call(vldb(cell), PROBE, with(old, SecurityLevel.CLEAR)))
        .isInstanceOf(LocalErrorException.class)
        .hasMessageContaining("RXKADEXPIRED (19270409)");
    assertThat(endpoint.counters()).containsEntry("datagrams-sent", 0L);
    // the same ticket by a client that does not know how long it is good
    RxkadToken unaware = new RxkadToken(old.kvno(), old.sessionKey(), 0xffffffffL, old.ticket());
    assertThat(refusal(cell, PROBE, with(unaware, SecurityLevel.CLEAR)))
        .isEqualTo(AbortCodes.RXKADEXPIRED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void alteredPacketsAreNoticed(boolean ofClient, Cell cell) throws IOException {
    try (TamperingRelay relay =
        TamperingRelay.open(
            Rpc.loopback("127.0.0.1", 0), cell.server(WellKnownService.VL.port()), ofClient, 1)) {
      RxrpcAddress to = Rpc.service(relay.localAddress(), WellKnownService.VL.id());
      CallOptions options = superuser(cell, SecurityLevel.ENCRYPT);
      if (ofClient) {
        assertThat(refusal(to, LIST, options)).isEqualTo(AbortCodes.RXKADSEALEDINCON);
      } else {
        assertThatThrownBy(() -> endpoint.call(to, LIST, options))
            .isInstanceOf(LocalErrorException.class)
            .hasMessageContaining("RXKADSEALEDINCON (19270410)");
        // for the server the call is over when its whole reply has arrived: it is not told
      }
      assertThat(relay.altered()).isPositive();
    }
  }
}
