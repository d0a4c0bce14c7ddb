// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.vol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.Partition;
import io.rxrpc.afs.error.AfsErrors;
import io.rxrpc.rpc.Caller;
import io.rxrpc.rpc.RpcAbortException;
import io.rxrpc.rpc.ServedSplit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactions on volumes, at a server that keeps one dump. */
class VolumeTransactionTest {
  /** Keeps what was restored, and dumps it again. */
  private static final class OneVolume implements AFSVolService {
    final List<String> asked = new CopyOnWriteArrayList<>();
    volatile byte[] contents = {};
    volatile VolintInfo changes;

    @Override
    public int transCreate(Caller caller, int volume, int partition, int flags) {
      if (volume != 7) {
        throw AfsErrors.named("VNOVOL").code().abort();
      }
      asked.add("begin " + partition + " " + flags);
      return 42;
    }

    @Override
    public AFSVol.CreateVolumeResult createVolume(
        Caller caller, int partition, String name, int type, int parent, int volid) {
      asked.add("create " + name + " " + type + " " + parent);
      return new AFSVol.CreateVolumeResult(volid, 43);
    }

    @Override
    public void restore(ServedSplit call, int trans, int flags, RestoreCookie cookie)
        throws IOException {
      asked.add("restore " + cookie.name() + " " + cookie.parent());
      contents = call.request().readAllBytes();
    }

    @Override
    public void dump(ServedSplit call, int trans, int since) throws IOException {
      asked.add("dump " + since);
      call.reply().write(contents);
    }

    @Override
    public void setInfo(Caller caller, int trans, VolintInfo status) {
      changes = status;
    }

    @Override
    public int endTrans(Caller caller, int trans) {
      asked.add("end " + trans);
      return 0;
    }
  }

  private final OneVolume volume = new OneVolume();
  private RxrpcEndpoint server;
  private RxrpcEndpoint client;
  private VolumeServer volumes;

  @BeforeEach
  void open() throws Exception {
    server = RxrpcEndpoint.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    client = RxrpcEndpoint.open();
    server.serve(4, volume.dispatcher());
    volumes = new VolumeServer(client, new RxrpcAddress(server.localAddress(), 4));
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void aDumpGoesUpAndDownAndTheTransactionEndsOnce() throws Exception {
    byte[] dump = new byte[1_000_000];
    new Random(5).nextBytes(dump);
    ByteArrayOutputStream back = new ByteArrayOutputStream();
    try (VolumeTransaction open = volumes.begin(7, new Partition(1), Opening.BUSY)) {
      open.restoreFrom(new ByteArrayInputStream(dump), "seven", VolConstants.VOLUME_RW, 7);
      assertThat(open.dumpTo(back, null)).isEqualTo(dump.length);
      assertThat(open.end()).isZero();
    }
    assertThat(back.toByteArray()).isEqualTo(dump);
    assertThat(volume.asked).containsExactly("begin 1 2", "restore seven 7", "dump 0", "end 42");
  }

  @Test
  void aVolumeForADumpNamesItselfAsItsParent() throws Exception {
    try (VolumeTransaction made = volumes.createForRestore(new Partition(0), "new", 9)) {
      assertThat(made.volumeId()).isEqualTo(9);
    }
    try (VolumeTransaction made = volumes.create(new Partition(0), "new", 9)) {
      assertThat(made.id()).isEqualTo(43);
    }
    assertThat(volume.asked)
        .containsExactly("create new 0 9", "end 43", "create new 0 0", "end 43");
  }

  @Test
  void aQuotaIsAllThatChanges() throws Exception {
    try (VolumeTransaction open = volumes.begin(7, new Partition(0), Opening.OFFLINE)) {
      open.setQuota(5000);
    }
    assertThat(volume.changes.maxquota()).isEqualTo(5000);
    assertThat(volume.changes.creationDate()).isEqualTo(-1);
    assertThat(volume.changes.updateDate()).isEqualTo(-1);
    assertThat(volume.changes.dayUse()).isEqualTo(-1);
    assertThat(volume.changes.spare2()).isEqualTo(-1);
  }

  @Test
  void aVolumeThatIsNotThereIsSaidByName() {
    assertThatThrownBy(() -> volumes.begin(8, new Partition(0), Opening.BUSY))
        .isInstanceOf(RpcAbortException.class)
        .hasMessageContaining("VNOVOL (103): the volume is not at this server");
  }
}
