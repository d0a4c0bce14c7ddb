// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static io.rxrpc.afs.fs.FsConstants.AFS_SETMAXQUOTA;
import static io.rxrpc.afs.fs.FsConstants.AFS_SETMODE;
import static io.rxrpc.afs.fs.FsConstants.LOCKREAD;
import static io.rxrpc.afs.fs.FsConstants.LOCKWRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.afs.BuiltInService;
import io.rxrpc.afs.fs.AFSFetchStatus;
import io.rxrpc.afs.fs.AFSFid;
import io.rxrpc.afs.fs.AFSStoreStatus;
import io.rxrpc.afs.fs.AFSStoreVolumeStatus;
import io.rxrpc.afs.fs.AFSVolSync;
import io.rxrpc.afs.fs.FileServer;
import io.rxrpc.afs.fs.FileState;
import io.rxrpc.afs.fs.Rxafs;
import io.rxrpc.afs.fs.RxafsClient;
import io.rxrpc.afs.vl.VlClient;
import io.rxrpc.afs.vl.Vldb;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.rpc.SplitCall;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.xdr.Ints;
import io.rxrpc.xdr.Octets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every procedure of the real file server. */
@Needs(Peer.DES_CELL)
class TypedFsIT {
  private static final AFSStoreStatus NOTHING = new AFSStoreStatus(0, 0, 0, 0, 0, 0);
  private static final AFSVolSync NO_SYNC = new AFSVolSync(0, 0, 0, 0, 0, 0);

  private CallLedger ledger;
  private RxafsClient fs;
  private int volume;

  private static AFSStoreStatus mode(int bits) {
    return new AFSStoreStatus(AFS_SETMODE, 0, 0, 0, bits, 0);
  }

  @ParameterizedTest
  @EnumSource(names = {"CLEAR", "ENCRYPT"})
  void everyProcedureIsCalledButADeadOne(SecurityLevel level, Cell cell) throws Exception {
    ledger = new CallLedger(BuiltInService.FS);
    try (TypedCell typed = new TypedCell(cell, level)) {
      fs = new RxafsClient(typed.at(BuiltInService.FS));
      volume = new Vldb(new VlClient(typed.at(BuiltInService.VL))).entry("root.cell").readWriteId();
      server();
      AFSFid root = FileServer.root(volume);
      String name = "typed-" + level;
      Rxafs.MakeDirResult made =
          ledger.call(Rxafs.MAKE_DIR, () -> fs.makeDir(root, name, mode(0755)));
      directory(made.outFid());
      files(made.outFid());
      volumes(new RxafsClient(typed.at(BuiltInService.FS, "admin", level)), cell);
      dead(made.outFid());
      ledger.order(Rxafs.REMOVE_DIR, () -> fs.removeDir(root, name));
      ledger.order(Rxafs.GIVE_UP_ALL_CALL_BACKS, fs::giveUpAllCallBacks);
    }
    ledger.close();
  }

  private void server() throws Exception {
    ledger.call(Rxafs.GET_TIME, fs::getTime);
    assertThat(Duration.between(new FileServer(fs).time(), Instant.now()).abs())
        .isLessThan(Duration.ofMinutes(2));
    assertThat(ledger.call(Rxafs.GET_CAPABILITIES, fs::getCapabilities).get(0) & 3).isEqualTo(3);
    var old = ledger.call(Rxafs.GET_STATISTICS, fs::getStatistics);
    var wide = ledger.call(Rxafs.GET_STATISTICS64, () -> fs.getStatistics64(16));
    assertThat(Integer.toUnsignedLong(old.startTime())).isEqualTo(wide.get(2));
    assertThat(old.disk1().name().toArray())
        .startsWith("/vicepa".getBytes(StandardCharsets.US_ASCII));
    assertThat(ledger.call(Rxafs.X_STATS_VERSION, fs::xStatsVersion)).isEqualTo(2);
    assertThat(ledger.call(Rxafs.GET_X_STATS, () -> fs.getXStats(2, 1)).dataP().size())
        .isGreaterThanOrEqualTo(98);
    ledger.call(Rxafs.FLUSH_CPS, () -> fs.flushCPS(Ints.of(1), Ints.EMPTY, 0));
  }

  private void directory(AFSFid dir) throws Exception {
    AFSFetchStatus status = ledger.call(Rxafs.FETCH_STATUS, () -> fs.fetchStatus(dir)).outStatus();
    assertThat(status.unixModeBits()).isEqualTo(0755);
    Octets acl = ledger.call(Rxafs.FETCH_ACL, () -> fs.fetchACL(dir)).accessList();
    assertThat(new FileServer(fs).accessList(dir)).contains("system:anyuser\t127\n");
    ledger.call(Rxafs.OLD_STORE_ACL, () -> fs.oldStoreACL(dir, acl));
    assertThat(fs.fetchACL(dir).accessList()).isEqualTo(acl);
    assertThat(ledger.refused(Rxafs.STORE_ACL, () -> fs.storeACL(dir, acl)))
        .as("before 1.8.14")
        .isEqualTo("RXGEN_OPCODE");
  }

  private void files(AFSFid dir) throws Exception {
    AFSFid file =
        ledger.call(Rxafs.CREATE_FILE, () -> fs.createFile(dir, "file", mode(0644))).outFid();
    byte[] data = Rpc.random(3, 200_001);
    FileServer server = new FileServer(fs);
    ledger.call(
        Rxafs.STORE_DATA64,
        () -> server.write(file, 0, data.length, data.length, new ByteArrayInputStream(data)));
    ByteArrayOutputStream back = new ByteArrayOutputStream();
    ledger.call(Rxafs.FETCH_DATA64, () -> server.read(file, 0, 1 << 20, back));
    assertThat(back.toByteArray()).isEqualTo(data);
    try (var call = fs.storeData(file, NOTHING, 100, 4, data.length)) {
      call.request().write(new byte[] {1, 2, 3, 4});
      ledger.order(Rxafs.STORE_DATA, call::end);
    }
    try (SplitCall<Rxafs.FetchDataResult> call = fs.fetchData(file, 99, 5)) {
      DataInputStream in = new DataInputStream(call.reply());
      assertThat(in.readInt()).isEqualTo(5);
      assertThat(in.readNBytes(5)).containsExactly(data[99], 1, 2, 3, 4);
      assertThat(ledger.call(Rxafs.FETCH_DATA, call::end).outStatus().length())
          .isEqualTo(data.length);
    }
    ledger.call(Rxafs.STORE_STATUS, () -> fs.storeStatus(file, mode(0600)));
    FileState state = server.status(file);
    assertThat(state.kind()).isEqualTo(FileState.Kind.FILE);
    assertThat(state.size()).isEqualTo(data.length);
    assertThat(state.mode()).isEqualTo(0600);
    names(dir, file);
    locks(file);
    many(dir, file);
    ledger.call(Rxafs.REMOVE_FILE, () -> fs.removeFile(dir, "file"));
    assertThat(ledger.refused(Rxafs.FETCH_STATUS, () -> fs.fetchStatus(file)))
        .isEqualTo("VNOVNODE");
  }

  private void names(AFSFid dir, AFSFid file) throws Exception {
    assertThat(
            ledger.call(Rxafs.LINK, () -> fs.link(dir, "other", file)).outFidStatus().linkCount())
        .isEqualTo(2);
    ledger.call(Rxafs.RENAME, () -> fs.rename(dir, "other", dir, "another"));
    fs.removeFile(dir, "another");
    AFSFid link =
        ledger.call(Rxafs.SYMLINK, () -> fs.symlink(dir, "link", "../target", mode(0777))).outFid();
    assertThat(new FileServer(fs).status(link).kind()).isEqualTo(FileState.Kind.LINK);
    fs.removeFile(dir, "link");
    AFSFid mount = fs.symlink(dir, "mount", "#root.cell.", mode(0644)).outFid();
    assertThat(new FileServer(fs).status(mount).kind()).isEqualTo(FileState.Kind.MOUNT_POINT);
    fs.removeFile(dir, "mount");
  }

  private void locks(AFSFid file) throws Exception {
    ledger.call(Rxafs.SET_LOCK, () -> fs.setLock(file, LOCKWRITE));
    assertThat(new FileServer(fs).status(file).lockCount()).isEqualTo(-1);
    assertThat(ledger.refused(Rxafs.SET_LOCK, () -> fs.setLock(file, LOCKREAD)))
        .isEqualTo("UAEAGAIN");
    ledger.call(Rxafs.EXTEND_LOCK, () -> fs.extendLock(file));
    ledger.call(Rxafs.RELEASE_LOCK, () -> fs.releaseLock(file));
    ledger.order(Rxafs.OLD_SET_LOCK, () -> fs.oldSetLock(file, LOCKREAD, NO_SYNC));
    ledger.order(Rxafs.OLD_EXTEND_LOCK, () -> fs.oldExtendLock(file, NO_SYNC));
    ledger.order(Rxafs.OLD_RELEASE_LOCK, () -> fs.oldReleaseLock(file, NO_SYNC));
    assertThat(new FileServer(fs).status(file).lockCount()).isZero();
  }

  private void many(AFSFid dir, AFSFid file) throws Exception {
    assertThat(ledger.call(Rxafs.BULK_STATUS, () -> fs.bulkStatus(List.of(dir, file))).statArray())
        .hasSize(2);
    AFSFid gone = new AFSFid(volume, 99_998, 1);
    var inline =
        ledger
            .call(Rxafs.INLINE_BULK_STATUS, () -> fs.inlineBulkStatus(List.of(file, gone)))
            .statArray();
    assertThat(inline.get(0).errorCode()).isZero();
    assertThat(inline.get(1).errorCode()).isEqualTo(102);
    ledger.order(Rxafs.GIVE_UP_CALL_BACKS, () -> fs.giveUpCallBacks(List.of(file), List.of()));
  }

  /** The servers' own identity is no administrator for a file server. */
  private void volumes(RxafsClient admin, Cell cell) throws Exception {
    assertThat(
            ledger.refused(
                Rxafs.SET_VOLUME_STATUS,
                () ->
                    fs.setVolumeStatus(
                        volume, new AFSStoreVolumeStatus(AFS_SETMAXQUOTA, 0, 1), "", "", "")))
        .isEqualTo("UAEACCES");
    var before = ledger.call(Rxafs.GET_VOLUME_STATUS, () -> fs.getVolumeStatus(volume));
    assertThat(before.name()).isEqualTo("root.cell");
    ledger.order(
        Rxafs.SET_VOLUME_STATUS,
        () ->
            admin.setVolumeStatus(
                volume, new AFSStoreVolumeStatus(AFS_SETMAXQUOTA, 0, 1_234_567), "", "", ""));
    assertThat(new FileServer(fs).volume(volume).quota()).isEqualTo(1_234_567);
    assertThat(cell.run("vos", "examine", "root.cell").ok().out()).contains("1234567 K");
    admin.setVolumeStatus(
        volume,
        new AFSStoreVolumeStatus(AFS_SETMAXQUOTA, 0, before.volumestatus().maxQuota()),
        "",
        "",
        "");
  }

  /** Procedures that no server serves any more say so. */
  private void dead(AFSFid dir) throws Exception {
    assertThat(ledger.refused(Rxafs.LOOKUP, () -> fs.lookup(dir, "x"))).isEqualTo("EINVAL");
    assertThat(ledger.refused(Rxafs.DFS_SYMLINK, () -> fs.dfsSymlink(dir, "x", "y", NOTHING)))
        .isEqualTo("EINVAL");
    assertThat(ledger.refused(Rxafs.GET_ROOT_VOLUME, fs::getRootVolume)).isNotEmpty();
    assertThat(ledger.refused(Rxafs.CHECK_TOKEN, () -> fs.checkToken(1, Octets.EMPTY)))
        .isNotEmpty();
    assertThat(ledger.refused(Rxafs.N_GET_VOLUME_INFO, () -> fs.nGetVolumeInfo("root.cell")))
        .isEqualTo("VNOVOL");
    assertThat(ledger.refused(Rxafs.FS_CMD, () -> fs.fsCmd(dir))).isEqualTo("RXGEN_SS_UNMARSHAL");
    assertThat(ledger.refused(Rxafs.CALL_BACK_RX_CONN_ADDR, () -> fs.callBackRxConnAddr(0)))
        .isEqualTo("UAEPERM");
    ledger.leave(
        Rxafs.GET_VOLUME_INFO,
        "1.8.9 asks a server for it that there is not, and keeps one waiting");
  }
}
