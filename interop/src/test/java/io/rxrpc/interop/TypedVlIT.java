// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static io.rxrpc.afs.vl.VlConstants.VLADDR_UUID;
import static io.rxrpc.afs.vl.VlConstants.VLF_RWEXISTS;
import static io.rxrpc.afs.vl.VlConstants.VLLIST_SERVER;
import static io.rxrpc.afs.vl.VlConstants.VLOP_DELETE;
import static io.rxrpc.afs.vl.VlConstants.VLOP_MOVE;
import static io.rxrpc.afs.vl.VlConstants.VLSF_ROVOL;
import static io.rxrpc.afs.vl.VlConstants.VLSF_RWVOL;
import static io.rxrpc.afs.vl.VlConstants.VLUPDATE_BACKUPID;
import static io.rxrpc.afs.vl.VlConstants.VLUPDATE_READONLYID;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.afs.BuiltInService;
import io.rxrpc.afs.vl.ListAddrByAttributes;
import io.rxrpc.afs.vl.Nvldbentry;
import io.rxrpc.afs.vl.Uvldbentry;
import io.rxrpc.afs.vl.Vl;
import io.rxrpc.afs.vl.VlClient;
import io.rxrpc.afs.vl.Vldb;
import io.rxrpc.afs.vl.VldbListByAttributes;
import io.rxrpc.afs.vl.VldbUpdateEntry;
import io.rxrpc.afs.vl.Vldbentry;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.xdr.Ints;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every procedure of the real volume location server. */
@Needs(Peer.DES_CELL)
class TypedVlIT {
  private static final int WHOLE_LOCK = 7;
  private static final int ANY = -1;
  private static final VldbListByAttributes ALL = new VldbListByAttributes(0, 0, 0, 0, 0, 0);

  private static Ints padded(int size, int... values) {
    return Ints.padded(size, values);
  }

  private static Nvldbentry entry(String name, int id, int... servers) {
    int[] flags = new int[servers.length];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = i == 0 ? VLSF_RWVOL : VLSF_ROVOL;
    }
    return new Nvldbentry(
        name,
        servers.length,
        padded(13, servers),
        padded(13),
        padded(13, flags),
        Ints.of(id, id + 1, id + 2),
        0,
        VLF_RWEXISTS,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0);
  }

  private static Vldbentry old(Nvldbentry entry) {
    return new Vldbentry(
        entry.name(),
        0,
        entry.nServers(),
        padded(8, entry.serverNumber().stream().limit(8).toArray()),
        padded(8, entry.serverPartition().stream().limit(8).toArray()),
        padded(8, entry.serverFlags().stream().limit(8).toArray()),
        entry.volumeId(),
        entry.cloneId(),
        entry.flags());
  }

  private static VldbUpdateEntry update(int mask, int readOnlyId, int backupId) {
    return new VldbUpdateEntry(
        mask,
        "",
        0,
        0,
        readOnlyId,
        backupId,
        0,
        0,
        padded(8),
        padded(8),
        padded(8),
        padded(8),
        padded(8),
        padded(8));
  }

  @ParameterizedTest
  @EnumSource(names = {"CLEAR", "ENCRYPT"})
  void everyProcedureIsCalled(SecurityLevel level, Cell cell) throws Exception {
    CallLedger ledger = new CallLedger(BuiltInService.VL);
    try (TypedCell typed = new TypedCell(cell, level)) {
      VlClient vl = new VlClient(typed.at(BuiltInService.VL));
      String name = "typed.vl." + level.name().charAt(0);
      ledger.order(Vl.PROBE_SERVER, vl::probeServer);
      int id = ledger.call(Vl.GET_NEW_VOLUME_ID, () -> vl.getNewVolumeId(6));
      assertThat(vl.getNewVolumeId(0)).isEqualTo(id + 6);
      entries(ledger, vl, entry(name, id, typed.ipv4()), cell);
      listings(ledger, vl, name, typed);
      servers(ledger, vl, typed, cell);
      ledger.order(Vl.DELETE_ENTRY, () -> vl.deleteEntry(id, ANY));
      vl.deleteEntry(id + 3, ANY);
      assertThat(ledger.refused(Vl.GET_ENTRY_BY_NAME_N, () -> vl.getEntryByNameN(name)))
          .isEqualTo("VL_NOENT");
    }
    ledger.close();
  }

  private static void entries(CallLedger ledger, VlClient vl, Nvldbentry made, Cell cell)
      throws Exception {
    String name = made.name();
    int id = made.volumeId().get(0);
    ledger.order(Vl.CREATE_ENTRY_N, () -> vl.createEntryN(made));
    assertThat(ledger.refused(Vl.CREATE_ENTRY_N, () -> vl.createEntryN(made)))
        .isEqualTo("VL_IDEXIST");
    Nvldbentry other = entry(name, id + 5000, made.serverNumber().get(0));
    assertThat(ledger.refused(Vl.CREATE_ENTRY_N, () -> vl.createEntryN(other)))
        .isEqualTo("VL_NAMEEXIST");
    assertThat(ledger.call(Vl.GET_ENTRY_BY_NAME_N, () -> vl.getEntryByNameN(name))).isEqualTo(made);
    assertThat(ledger.call(Vl.GET_ENTRY_BY_IDN, () -> vl.getEntryByIDN(id + 2, ANY)))
        .isEqualTo(made);
    assertThat(ledger.call(Vl.GET_ENTRY_BY_NAME_O, () -> vl.getEntryByNameO(name)))
        .isEqualTo(old(made));
    assertThat(ledger.call(Vl.GET_ENTRY_BY_ID, () -> vl.getEntryByID(id, 0))).isEqualTo(old(made));
    Uvldbentry byUuid = ledger.call(Vl.GET_ENTRY_BY_NAME_U, () -> vl.getEntryByNameU(name));
    assertThat(byUuid.volumeId()).isEqualTo(made.volumeId());
    assertThat(cell.run("vos", "listvldb", name).ok().out().replaceAll("\\s+", " "))
        .contains(name + " RWrite: " + Integer.toUnsignedString(id))
        .contains("server " + cell.address().getHostAddress() + " partition /vicepa RW Site");

    ledger.order(Vl.SET_LOCK, () -> vl.setLock(id, 0, VLOP_MOVE));
    assertThat(ledger.refused(Vl.SET_LOCK, () -> vl.setLock(id, 0, VLOP_DELETE)))
        .isEqualTo("VL_ENTRYLOCKED");
    assertThat(cell.run("vos", "listvldb", name).ok().out()).contains("LOCKED");
    ledger.order(Vl.RELEASE_LOCK, () -> vl.releaseLock(id, 0, WHOLE_LOCK));
    assertThat(vl.getEntryByNameN(name)).isEqualTo(made);

    Nvldbentry renamed =
        new Nvldbentry(
            name + "x",
            made.nServers(),
            made.serverNumber(),
            padded(13, 1),
            made.serverFlags(),
            made.volumeId(),
            made.cloneId(),
            made.flags(),
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0);
    ledger.order(Vl.REPLACE_ENTRY_N, () -> vl.replaceEntryN(id, ANY, renamed, WHOLE_LOCK));
    assertThat(vl.getEntryByIDN(id, 0)).isEqualTo(renamed);
    ledger.order(Vl.REPLACE_ENTRY, () -> vl.replaceEntry(id, ANY, old(made), WHOLE_LOCK));
    assertThat(vl.getEntryByIDN(id, 0)).isEqualTo(made);

    Vldbentry second = old(entry(name + ".2", id + 3, made.serverNumber().get(0)));
    ledger.order(Vl.CREATE_ENTRY, () -> vl.createEntry(second));
    assertThat(vl.getEntryByNameO(name + ".2")).isEqualTo(second);
    ledger.order(
        Vl.UPDATE_ENTRY,
        () -> vl.updateEntry(id + 3, ANY, update(VLUPDATE_READONLYID, id + 900, 0), WHOLE_LOCK));
    ledger.order(
        Vl.UPDATE_ENTRY_BY_NAME,
        () ->
            vl.updateEntryByName(name + ".2", update(VLUPDATE_BACKUPID, 0, id + 901), WHOLE_LOCK));
    assertThat(vl.getEntryByNameO(name + ".2").volumeId())
        .isEqualTo(Ints.of(id + 3, id + 900, id + 901));
  }

  private static void listings(CallLedger ledger, VlClient vl, String name, TypedCell typed)
      throws Exception {
    List<Nvldbentry> all =
        ledger.call(Vl.LIST_ATTRIBUTES_N, () -> vl.listAttributesN(ALL)).blkentries();
    assertThat(all).extracting(Nvldbentry::name).contains("root.cell", name, name + ".2");
    assertThat(ledger.call(Vl.LINKED_LIST_N, () -> vl.linkedListN(ALL)).linkedentries())
        .extracting(node -> node.entry())
        .containsExactlyElementsOf(all);
    List<Vldbentry> older = all.stream().map(TypedVlIT::old).toList();
    assertThat(ledger.call(Vl.LIST_ATTRIBUTES, () -> vl.listAttributes(ALL)).blkentries())
        .containsExactlyElementsOf(older);
    assertThat(ledger.call(Vl.LINKED_LIST, () -> vl.linkedList(ALL)).linkedentries())
        .extracting(node -> node.entry())
        .containsExactlyElementsOf(older);
    VldbListByAttributes here = new VldbListByAttributes(VLLIST_SERVER, typed.ipv4(), 0, 0, 0, 0);
    assertThat(
            ledger.call(Vl.LIST_ATTRIBUTES_N2, () -> vl.listAttributesN2(here, "", 0)).blkentries())
        .extracting(Nvldbentry::name)
        .containsExactlyInAnyOrderElementsOf(all.stream().map(Nvldbentry::name).toList());
    assertThat(vl.listAttributesN2(ALL, name + "\\.2", 0).blkentries())
        .extracting(Nvldbentry::name)
        .containsExactly(name + ".2");
    List<String> walked = new ArrayList<>();
    Vl.ListEntryNResult next = ledger.call(Vl.LIST_ENTRY_N, () -> vl.listEntryN(0));
    while (next.nextIndex() != 0) {
      walked.add(next.entry().name());
      next = vl.listEntryN(next.nextIndex());
    }
    assertThat(walked)
        .containsExactlyInAnyOrderElementsOf(all.stream().map(Nvldbentry::name).toList());
    assertThat(ledger.call(Vl.LIST_ENTRY, () -> vl.listEntry(0)).entry().name())
        .isEqualTo(walked.getFirst());
    assertThat(new Vldb(vl).entries())
        .extracting(e -> e.name())
        .containsExactlyInAnyOrderElementsOf(walked);
  }

  private static void servers(CallLedger ledger, VlClient vl, TypedCell typed, Cell cell)
      throws Exception {
    assertThat(ledger.call(Vl.GET_STATS, vl::getStats).stats().requests().get(517 - 501))
        .as("calls of CreateEntryN")
        .isPositive();
    String printed = cell.run("vos", "listaddrs", "-printuuid").ok().out();
    var servers = new Vldb(vl).servers();
    assertThat(servers)
        .allSatisfy(
            server ->
                assertThat(printed.replace("-", ""))
                    .contains(server.uuid().toString().replace("-", "")));
    assertThat(ledger.call(Vl.GET_ADDRS, () -> vl.getAddrs(0, 0)).nentries())
        .isGreaterThanOrEqualTo(servers.size());

    UUID uuid = UUID.randomUUID();
    int registered = 0xc0000200 | (uuid.hashCode() & 0x3f);
    ledger.order(Vl.REGISTER_ADDRS, () -> vl.registerAddrs(uuid, 0, Ints.of(registered)));
    ListAddrByAttributes byUuid = new ListAddrByAttributes(VLADDR_UUID, 0, 0, 0, uuid);
    Vl.GetAddrsUResult known = ledger.call(Vl.GET_ADDRS_U, () -> vl.getAddrsU(byUuid));
    assertThat(known.uuidp1()).isEqualTo(uuid);
    assertThat(known.blkaddrs()).isEqualTo(Ints.of(registered));
    vl.changeAddr(-1, registered);
    assertThat(ledger.refused(Vl.GET_ADDRS_U, () -> vl.getAddrsU(byUuid))).isEqualTo("VL_NOENT");

    // a server that an entry names and that never registered has an address that can change
    int one = registered | 0x40;
    int other = registered | 0x80;
    int id = vl.getNewVolumeId(3);
    vl.createEntryN(entry("typed.vl.addr", id, one));
    ledger.order(Vl.CHANGE_ADDR, () -> vl.changeAddr(one, other));
    assertThat(vl.getEntryByIDN(id, 0).serverNumber().get(0)).isEqualTo(other);
    vl.deleteEntry(id, ANY);
    vl.changeAddr(-1, other);
    assertThat(new Vldb(vl).server(cell.address()).addresses()).containsExactly(cell.address());
    assertThat(typed.host()).isEqualTo(cell.address().getHostAddress());
  }
}
