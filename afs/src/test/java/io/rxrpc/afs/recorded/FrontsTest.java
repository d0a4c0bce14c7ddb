// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.BuiltInService;
import io.rxrpc.afs.Partition;
import io.rxrpc.afs.bos.Overseer;
import io.rxrpc.afs.bos.RestartTime;
import io.rxrpc.afs.fs.AFSFid;
import io.rxrpc.afs.fs.FileServer;
import io.rxrpc.afs.fs.FileState;
import io.rxrpc.afs.pt.Principal;
import io.rxrpc.afs.pt.ProtectionDatabase;
import io.rxrpc.afs.stats.CallCounters;
import io.rxrpc.afs.stats.CallRecord;
import io.rxrpc.afs.ubik.DatabaseServer;
import io.rxrpc.afs.ubik.DatabaseState;
import io.rxrpc.afs.vl.Vldb;
import io.rxrpc.afs.vl.VolumeEntry;
import io.rxrpc.afs.vl.VolumeSite;
import io.rxrpc.afs.vol.PartitionSpace;
import io.rxrpc.afs.vol.VolumeServer;
import io.rxrpc.afs.vol.VolumeState;
import io.rxrpc.rpc.RpcAbortException;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the fronts make of what real servers answered. */
class FrontsTest {
  private static final int ROOT_CELL = 536870913;
  private static final UUID SERVER = UUID.fromString("0086e5d4-8bf8-1b0d-8e05-0100017faa77");

  private static RecordedServer recorded;
  private static RxrpcEndpoint endpoint;

  @BeforeAll
  static void open() throws Exception {
    recorded = new RecordedServer();
    endpoint = RxrpcEndpoint.open();
  }

  @AfterAll
  static void close() {
    endpoint.close();
    recorded.close();
  }

  private static RxrpcAddress at(BuiltInService service) {
    return recorded.address(service);
  }

  private static InetAddress address(String text) throws Exception {
    return InetAddress.ofLiteral(text);
  }

  @Test
  void anEntryTellsItsSites() throws Exception {
    Vldb vl = new Vldb(endpoint, at(BuiltInService.VL));
    VolumeEntry entry = vl.entry("root.cell");
    assertThat(entry.name()).isEqualTo("root.cell");
    assertThat(entry.readWriteId()).isEqualTo(ROOT_CELL);
    assertThat(entry.hasReadWrite()).isTrue();
    assertThat(entry.hasReadOnly()).isFalse();
    assertThat(entry.operation()).isZero();
    assertThat(entry.sites())
        .containsExactly(VolumeSite.readWrite(address("127.1.0.1"), new Partition(0)));
    assertThat(entry.readWriteSites()).hasSize(1).first().hasToString("127.1.0.1 /vicepa");
    assertThat(entry.readOnlySites()).isEmpty();
    assertThat(vl.entry(ROOT_CELL)).isEqualTo(entry);
  }

  @Test
  void anEntryByUuidsLeadsToAddresses() throws Exception {
    Vldb vl = new Vldb(endpoint, at(BuiltInService.VL));
    VolumeSite site = vl.entryByUuids("root.cell").sites().getFirst();
    assertThat(site.uuid()).isEqualTo(SERVER);
    assertThat(site.address()).isNull();
    assertThat(vl.server(SERVER).addresses()).containsExactly(address("127.1.0.1"));
    assertThat(vl.server(SERVER).generation()).isEqualTo(site.generation());
    assertThatThrownBy(() -> vl.entryByUuids("nope"))
        .isInstanceOf(RpcAbortException.class)
        .hasMessageContaining("VL_NOENT (363524): no such volume in the location database");
  }

  @Test
  void allVolumesWithTheirServersInOneStream() throws Exception {
    assertThat(new Vldb(endpoint, at(BuiltInService.VL)).entries())
        .extracting(e -> e.name() + " " + e.sites())
        .containsExactly("root.afs [127.1.0.1 /vicepa]", "root.cell [127.1.0.1 /vicepa]");
  }

  @Test
  void usersAndGroups() throws Exception {
    ProtectionDatabase pt = new ProtectionDatabase(endpoint, at(BuiltInService.PT));
    Principal admin = pt.entry(1);
    assertThat(admin.name()).isEqualTo("admin");
    assertThat(admin.isGroup()).isFalse();
    assertThat(admin.ownerId()).isEqualTo(-204);
    assertThat(admin.access()).hasToString("S----");
    assertThat(pt.members(-204)).containsExactly(1);
    assertThat(pt.rightsOf(1)).containsExactly(-204, -102, -101, 1);
    assertThat(pt.isMember(1, -204)).isTrue();
    assertThat(pt.owned(-204)).containsExactly(-205, -204, -203, -102, -101);
    assertThat(pt.names(List.of(1, -204, 4711)))
        .containsExactly("admin", "system:administrators", "4711");
    assertThat(pt.all().filter(Principal::isGroup))
        .first()
        .satisfies(
            group -> {
              assertThat(group.name()).isEqualTo("system:administrators");
              assertThat(group.access()).hasToString("S-M--");
              assertThat(group.memberships()).isEqualTo(1);
            });
  }

  @Test
  void volumesOfAPartition() throws Exception {
    VolumeServer volumes = new VolumeServer(endpoint, at(BuiltInService.VOL));
    Partition a = Partition.parse("a");
    assertThat(volumes.partitions()).containsExactly(a);
    assertThat(volumes.space(a))
        .isEqualTo(new PartitionSpace(a, "/vicepa/Lock/vicepa", 76884160, 106390912));
    VolumeState root = volumes.volumes(a).get(1);
    assertThat(root.name()).isEqualTo("root.cell");
    assertThat(root.isKnown()).isTrue();
    assertThat(root.isOnline()).isTrue();
    assertThat(root.backedUp()).isNull();
    assertThat(root.updated()).isEqualTo(Instant.ofEpochSecond(1796051055));
    assertThat(root.size()).isEqualTo(54);
    assertThat(volumes.volume(a, 99)).isEmpty();
    assertThat(volumes.transactions()).first().extracting(t -> t.volid()).isEqualTo(ROOT_CELL);
  }

  @Test
  void filesAndTheirServer() throws Exception {
    FileServer files = new FileServer(endpoint, at(BuiltInService.FS));
    assertThat(files.capabilities() & 1).isOne();
    assertThat(files.load().started()).isEqualTo(Instant.ofEpochSecond(1796049912));
    assertThat(files.load().clients()).isEqualTo(34);
    assertThat(files.volume(ROOT_CELL).name()).isEqualTo("root.cell");
    assertThat(files.volume(ROOT_CELL).isReadWrite()).isTrue();
    FileState root = files.status(FileServer.root(ROOT_CELL));
    assertThat(root.kind()).isEqualTo(FileState.Kind.DIRECTORY);
    assertThat(root.mode()).isEqualTo(0777);
    assertThat(files.accessList(FileServer.root(ROOT_CELL)))
        .isEqualTo("2\n0\nsystem:administrators\t127\nsystem:anyuser\t127\n");
    assertThatThrownBy(() -> files.status(new AFSFid(ROOT_CELL, 99999, 1)))
        .isInstanceOf(RpcAbortException.class);
  }

  @Test
  void processesOfAMachine() throws Exception {
    Overseer bos = new Overseer(endpoint, at(BuiltInService.BOS));
    assertThat(bos.isRestricted()).isFalse();
    assertThat(bos.restartTime())
        .isIn(
            new RestartTime.Never(),
            new RestartTime.At(LocalTime.of(4, 30), DayOfWeek.SATURDAY),
            new RestartTime.At(LocalTime.of(4, 0), DayOfWeek.SUNDAY));
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    bos.log("BosLog", log);
    assertThat(log.toString(StandardCharsets.UTF_8))
        .startsWith("Mon Nov 30")
        .endsWith("\n")
        .doesNotContain("\0");
  }

  @Test
  void aDatabaseServerThatIsAlone() throws Exception {
    DatabaseState state = new DatabaseServer(endpoint, at(BuiltInService.VOTE)).state();
    assertThat(state.isHealthySyncSite()).isTrue();
    assertThat(state.syncSiteUntil()).isNull();
    assertThat(state.lastYesHost()).isNull();
    assertThat(state.syncSite()).isNull();
    assertThat(state.servers()).isOne();
    assertThat(state.addresses()).containsExactly(address("127.1.0.1"));
    assertThat(state.version().counter()).isEqualTo(34);
  }

  @Test
  void countersOfCallsForEachPeer() throws Exception {
    List<CallRecord> records = new CallCounters(endpoint, at(BuiltInService.STATS)).ofPeers();
    assertThat(records).hasSize(39);
    CallRecord first = records.getFirst();
    assertThat(first.peer()).isEqualTo(new InetSocketAddress(address("127.0.0.1"), 0xb010));
    assertThat(first.interfaceNumber()).isEqualTo(15);
    assertThat(first.procedures()).isEqualTo(28);
    assertThat(first.calls()).isOne();
    assertThat(first.octetsReceived()).isEqualTo(4);
    assertThat(first.queued().most()).isEqualTo(Duration.ofNanos(16_000));
  }
}
