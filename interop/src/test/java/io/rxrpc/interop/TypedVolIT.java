// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static io.rxrpc.afs.vol.VolConstants.ITBusy;
import static io.rxrpc.afs.vol.VolConstants.ITOffline;
import static io.rxrpc.afs.vol.VolConstants.VOLUME_BACKUP;
import static io.rxrpc.afs.vol.VolConstants.VOLUME_RW;
import static io.rxrpc.afs.vol.VolConstants.VTDeleteOnSalvage;
import static io.rxrpc.afs.vol.VolConstants.VTOutOfService;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.afs.BuiltInService;
import io.rxrpc.afs.vl.VlClient;
import io.rxrpc.afs.vol.AFSVol;
import io.rxrpc.afs.vol.AFSVolClient;
import io.rxrpc.afs.vol.DestServer;
import io.rxrpc.afs.vol.Replica;
import io.rxrpc.afs.vol.RestoreCookie;
import io.rxrpc.afs.vol.TransDebugInfo;
import io.rxrpc.afs.vol.VolintInfo;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.rpc.Procedure;
import io.rxrpc.rpc.SplitCall;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.xdr.Ints;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every procedure of the real volume server that leaves it as it was. */
@Needs(Peer.DES_CELL)
class TypedVolIT {
  private static final int A = 0;
  private static final int LEAVE = -1;

  private CallLedger ledger;
  private AFSVolClient vol;
  private TypedCell typed;
  private String name;
  private int id;

  @ParameterizedTest
  @EnumSource(names = {"CLEAR", "ENCRYPT"})
  void everyProcedureIsCalledButTheOneThatSplits(SecurityLevel level, Cell cell) throws Exception {
    ledger = new CallLedger(BuiltInService.VOL);
    try (TypedCell open = new TypedCell(cell, level)) {
      typed = open;
      vol = new AFSVolClient(typed.at(BuiltInService.VOL));
      name = "typed." + level.name().toLowerCase(Locale.ROOT);
      id = new VlClient(typed.at(BuiltInService.VL)).getNewVolumeId(8);
      created();
      lists(cell);
      byte[] dump = dumped();
      cloned();
      restored(dump);
      forwarded(dump.length);
      refusals();
      ledger.leave(
          AFSVol.SPLIT_VOLUME, "it needs a volume with directories to take apart, for good");
      deleted();
    }
    ledger.close();
  }

  private static VolintInfo quota(int blocks) {
    return new VolintInfo(
        "", LEAVE, LEAVE, LEAVE, LEAVE, LEAVE, LEAVE, LEAVE, 0, 0, 0, LEAVE, LEAVE, LEAVE, LEAVE,
        LEAVE, LEAVE, blocks, LEAVE, LEAVE, LEAVE, LEAVE, LEAVE, LEAVE);
  }

  private void created() throws Exception {
    int trans =
        ledger
            .call(AFSVol.CREATE_VOLUME, () -> vol.createVolume(A, name, VOLUME_RW, 0, id))
            .trans();
    ledger.order(AFSVol.SET_INFO, () -> vol.setInfo(trans, quota(1234)));
    ledger.order(AFSVol.SET_DATE, () -> vol.setDate(trans, 1_000_000_000));
    ledger.order(AFSVol.SET_FLAGS, () -> vol.setFlags(trans, 0));
    assertThat(ledger.call(AFSVol.GET_FLAGS, () -> vol.getFlags(trans))).isZero();
    assertThat(ledger.call(AFSVol.GET_NAME, () -> vol.getName(trans))).isEqualTo(name);
    var status = ledger.call(AFSVol.GET_STATUS, () -> vol.getStatus(trans));
    assertThat(status.volID()).isEqualTo(id);
    assertThat(status.maxQuota()).isEqualTo(1234);
    assertThat(status.creationDate()).isEqualTo(1_000_000_000);
    assertThat(ledger.call(AFSVol.MONITOR, vol::monitor))
        .extracting(TransDebugInfo::tid)
        .contains(trans);
    assertThat(ledger.call(AFSVol.END_TRANS, () -> vol.endTrans(trans))).isZero();
  }

  private void lists(Cell cell) throws Exception {
    VolintInfo one = ledger.call(AFSVol.LIST_ONE_VOLUME, () -> vol.listOneVolume(A, id)).getFirst();
    assertThat(one.name()).isEqualTo(name);
    assertThat(one.maxquota()).isEqualTo(1234);
    assertThat(ledger.call(AFSVol.LIST_VOLUMES, () -> vol.listVolumes(A, 1))).contains(one);
    assertThat(
            ledger
                .call(AFSVol.X_LIST_ONE_VOLUME, () -> vol.xListOneVolume(A, id))
                .getFirst()
                .size())
        .isEqualTo(one.size());
    assertThat(ledger.call(AFSVol.X_LIST_VOLUMES, () -> vol.xListVolumes(A, 1)))
        .extracting(v -> v.name())
        .contains(name);
    assertThat(ledger.call(AFSVol.LIST_PARTITIONS, vol::listPartitions).partIds().get(0))
        .isEqualTo(A);
    assertThat(ledger.call(AFSVol.X_LIST_PARTITIONS, vol::xListPartitions)).isEqualTo(Ints.of(A));
    var info = ledger.call(AFSVol.PARTITION_INFO, () -> vol.partitionInfo("/vicepa"));
    var wide = ledger.call(AFSVol.PARTITION_INFO64, () -> vol.partitionInfo64("/vicepa"));
    assertThat(wide.name()).isEqualTo("/vicepa");
    assertThat(Integer.toUnsignedLong(info.minFree())).isEqualTo(wide.minFree());
    assertThat(cell.run("vos", "partinfo", typed.host()).ok().out())
        .contains("/vicepa: ")
        .contains(" K blocks out of total " + wide.minFree());
    assertThat(cell.run("vos", "listvol", typed.host(), "a").ok().out())
        .containsPattern(name + " +" + Integer.toUnsignedString(id) + " RW +" + one.size() + " K");
  }

  private byte[] dump(Procedure procedure, CallLedger.Call<SplitCall<Void>> begin)
      throws Exception {
    try (SplitCall<Void> call = begin.make()) {
      byte[] dump = call.reply().readAllBytes();
      ledger.order(procedure, call::end);
      return dump;
    }
  }

  private byte[] dumped() throws Exception {
    int trans = ledger.call(AFSVol.TRANS_CREATE, () -> vol.transCreate(id, A, ITBusy));
    assertThat(ledger.refused(AFSVol.TRANS_CREATE, () -> vol.transCreate(id, A, ITBusy)))
        .isEqualTo("VOLSERVOLBUSY");
    byte[] dump = dump(AFSVol.DUMP, () -> vol.dump(trans, 0));
    assertThat(ledger.call(AFSVol.GET_SIZE, () -> vol.getSize(trans, 0)).dumpSize())
        .isEqualTo(dump.length);
    assertThat(dump(AFSVol.DUMP_V2, () -> vol.dumpV2(trans, 0, 0))).hasSameSizeAs(dump);
    vol.endTrans(trans);
    return dump;
  }

  private void online(int volume) throws Exception {
    int trans = vol.transCreate(volume, A, ITOffline);
    vol.setFlags(trans, 0);
    assertThat(vol.endTrans(trans)).isZero();
  }

  private void cloned() throws Exception {
    int trans = vol.transCreate(id, A, ITBusy);
    assertThat(
            ledger.call(
                AFSVol.CLONE,
                () -> vol.cloneCall(trans, 0, VOLUME_BACKUP, name + ".backup", id + 2)))
        .isEqualTo(id + 2);
    vol.endTrans(trans);
    online(id + 2);
    assertThat(vol.listOneVolume(A, id + 2).getFirst().parentID()).isEqualTo(id);
    int again = vol.transCreate(id, A, ITBusy);
    ledger.order(AFSVol.RE_CLONE, () -> vol.reClone(again, id + 2));
    vol.endTrans(again);
    online(id + 2);
  }

  private void restored(byte[] dump) throws Exception {
    int trans = vol.createVolume(A, name + ".r", VOLUME_RW, id + 3, id + 3).trans();
    RestoreCookie cookie = new RestoreCookie(name + ".r", VOLUME_RW, 0, id + 3);
    try (SplitCall<Void> call = vol.restore(trans, 0, cookie)) {
      call.request().write(dump);
      ledger.order(AFSVol.RESTORE, call::end);
    }
    ledger.order(
        AFSVol.SET_IDS_TYPES, () -> vol.setIdsTypes(trans, name + ".r2", VOLUME_RW, id + 3, 0, 0));
    vol.setFlags(trans, 0);
    assertThat(vol.endTrans(trans)).isZero();
    VolintInfo restored = vol.listOneVolume(A, id + 3).getFirst();
    assertThat(restored.name()).isEqualTo(name + ".r2");
    assertThat(restored.size()).isEqualTo(vol.listOneVolume(A, id).getFirst().size());
  }

  private void forwarded(int length) throws Exception {
    DestServer here = new DestServer(typed.ipv4(), 7005, 1);
    int from = vol.transCreate(id, A, ITBusy);
    int to = vol.createVolume(A, name + ".f", VOLUME_RW, id + 4, id + 4).trans();
    RestoreCookie cookie = new RestoreCookie(name + ".f", VOLUME_RW, 0, id + 4);
    ledger.order(AFSVol.FORWARD, () -> vol.forward(from, 0, here, to, cookie));
    vol.setFlags(to, 0);
    vol.endTrans(to);
    int many = vol.createVolume(A, name + ".m", VOLUME_RW, id + 5, id + 5).trans();
    Ints results =
        ledger.call(
            AFSVol.FORWARD_MULTIPLE,
            () ->
                vol.forwardMultiple(
                    from,
                    0,
                    List.of(new Replica(many, here)),
                    0,
                    new RestoreCookie(name + ".m", VOLUME_RW, 0, id + 5)));
    assertThat(results).isEqualTo(Ints.of(0));
    vol.setFlags(many, 0);
    vol.endTrans(many);
    vol.endTrans(from);
    for (int copy : List.of(id + 4, id + 5)) {
      int trans = vol.transCreate(copy, A, ITBusy);
      // the names in their headers are two octets longer
      assertThat(vol.getSize(trans, 0).dumpSize()).isBetween(length + 2L, length + 8L);
      vol.endTrans(trans);
    }
  }

  private void refusals() throws Exception {
    ledger.order(AFSVol.SIGNAL_RESTORE, () -> vol.signalRestore(name, VOLUME_RW, id, 0));
    assertThat(ledger.refused(AFSVol.GET_NTH_VOLUME, () -> vol.getNthVolume(0)))
        .isEqualTo("VOLSERNO_OP");
    assertThat(ledger.refused(AFSVol.CONVERT_R_OTO_R_WVOLUME, () -> vol.convertROtoRWvolume(A, id)))
        .isIn("EXDEV", "EIDRM");
    assertThat(ledger.refused(AFSVol.END_TRANS, () -> vol.endTrans(987_654_321)))
        .isEqualTo("ENOENT");
  }

  private void deleted() throws Exception {
    ledger.order(AFSVol.NUKE_VOLUME, () -> vol.nukeVolume(A, id + 3));
    for (int volume : List.of(id + 2, id + 4, id + 5, id)) {
      int trans = vol.transCreate(volume, A, ITOffline);
      vol.setFlags(trans, VTDeleteOnSalvage | VTOutOfService);
      if (volume == id) {
        ledger.order(AFSVol.SET_FORWARDING, () -> vol.setForwarding(trans, typed.ipv4()));
      }
      ledger.order(AFSVol.DELETE_VOLUME, () -> vol.deleteVolume(trans));
      vol.endTrans(trans);
    }
    assertThat(ledger.refused(AFSVol.LIST_ONE_VOLUME, () -> vol.listOneVolume(A, id)))
        .isEqualTo("ENODEV");
    assertThat(vol.listVolumes(A, 1))
        .extracting(VolintInfo::name)
        .noneMatch(n -> n.startsWith(name));
  }
}
