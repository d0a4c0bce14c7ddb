// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.vol;

import static io.rxrpc.afs.vol.VolConstants.VTDeleteOnSalvage;
import static io.rxrpc.afs.vol.VolConstants.VTOutOfService;

import io.rxrpc.afs.form.Inet4;
import io.rxrpc.afs.form.Times;
import io.rxrpc.rpc.RpcException;
import io.rxrpc.rpc.SplitCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A transaction on a volume, which no other one can have meanwhile. The server drops it after ten
 * minutes without a call; whoever begins one ends it, best by try. One thread at a time may use it.
 */
public final class VolumeTransaction implements AutoCloseable {
  private static final int LEAVE = -1;

  private final AFSVolClient client;
  private final int id;
  private final int volumeId;
  private boolean ended;

  VolumeTransaction(AFSVolClient client, int id, int volumeId) {
    this.client = client;
    this.id = id;
    this.volumeId = volumeId;
  }

  /** {@return its number at the server} */
  public int id() {
    return id;
  }

  /** {@return the volume's id} */
  public int volumeId() {
    return volumeId;
  }

  /**
   * {@return the volume's name}
   *
   * @throws RpcException if the call fails
   */
  public String name() throws RpcException {
    return client.getName(id);
  }

  /**
   * {@return ids, quota and times of the volume}
   *
   * @throws RpcException if the call fails
   */
  public VolserStatus status() throws RpcException {
    return client.getStatus(id);
  }

  /**
   * {@return what becomes of the volume at the end: VT of {@link VolConstants}; 0 is in service}
   *
   * @throws RpcException if the call fails
   */
  public int flags() throws RpcException {
    return client.getFlags(id);
  }

  /**
   * Brings the volume into service when the transaction ends.
   *
   * @throws RpcException if the call fails
   */
  public void bringOnline() throws RpcException {
    client.setFlags(id, 0);
  }

  /**
   * Takes the volume out of service when the transaction ends.
   *
   * @throws RpcException if the call fails
   */
  public void takeOffline() throws RpcException {
    client.setFlags(id, VTOutOfService);
  }

  /**
   * Deletes the volume.
   *
   * @throws RpcException if the call fails
   */
  public void delete() throws RpcException {
    client.setFlags(id, VTDeleteOnSalvage | VTOutOfService);
    client.deleteVolume(id);
  }

  /**
   * Makes a clone, which is off-line until a transaction on it brings it into service.
   *
   * @param name the name
   * @param type VOLUME_RO or VOLUME_BACKUP of {@link VolConstants}
   * @param cloneId the id that it shall have; 0 lets the server choose
   * @return its id
   * @throws RpcException if the call fails
   */
  public int makeClone(String name, int type, int cloneId) throws RpcException {
    return client.cloneCall(id, 0, type, name, cloneId);
  }

  /**
   * Makes an existing clone a snapshot of the volume as it is now.
   *
   * @param cloneId the id of the clone
   * @throws RpcException if the call fails
   */
  public void refreshClone(int cloneId) throws RpcException {
    client.reClone(id, cloneId);
  }

  /**
   * Dumps the volume. Neither stream is closed.
   *
   * @param to where it is written to
   * @param since only what has changed since then; null for all
   * @return how many octets the dump has
   * @throws IOException if it cannot be read or written
   */
  public long dumpTo(OutputStream to, @Nullable Instant since) throws IOException {
    try (SplitCall<?> call = client.dump(id, Times.secondsOrZero(since))) {
      long octets = call.reply().transferTo(to);
      call.end();
      return octets;
    }
  }

  /**
   * {@return how long a dump would be, in octets}
   *
   * @param since only what has changed since then; null for all
   * @throws RpcException if the call fails
   */
  public long dumpSize(@Nullable Instant since) throws RpcException {
    return client.getSize(id, Times.secondsOrZero(since)).dumpSize();
  }

  /**
   * Fills the volume from a dump, up to the end of the stream, which is not closed.
   *
   * @param dump a volume dump
   * @param name the name that it shall have
   * @param type VOLUME_ of {@link VolConstants}
   * @param readWriteId id of the read-write volume
   * @throws IOException if it cannot be read or written
   */
  public void restoreFrom(InputStream dump, String name, int type, int readWriteId)
      throws IOException {
    RestoreCookie cookie = new RestoreCookie(name, type, 0, readWriteId);
    try (SplitCall<?> call = client.restore(id, 0, cookie)) {
      dump.transferTo(call.request());
      call.end();
    }
  }

  /**
   * Changes name, type and ids of the volume.
   *
   * @param name the name
   * @param type the type
   * @param readWriteId the id of the read-write volume
   * @param readOnlyId the id of the read-only volume, or 0
   * @param backupId the id of the backup volume, or 0
   * @throws RpcException if the call fails
   */
  public void setIdentity(String name, int type, int readWriteId, int readOnlyId, int backupId)
      throws RpcException {
    client.setIdsTypes(id, name, type, readWriteId, readOnlyId, backupId);
  }

  /**
   * Sets the quota, in blocks of 1024 octets; 0 for none.
   *
   * @param blocks in KiB
   * @throws RpcException if the call fails
   */
  public void setQuota(int blocks) throws RpcException {
    client.setInfo(id, changes(blocks, LEAVE, LEAVE));
  }

  /**
   * Sets when the volume was created and last changed.
   *
   * @param created when it was created
   * @param updated when it was changed last
   * @throws RpcException if the call fails
   */
  public void setTimes(Instant created, Instant updated) throws RpcException {
    client.setInfo(id, changes(LEAVE, Times.seconds(created), Times.seconds(updated)));
  }

  /**
   * Leaves word where the volume is now, for those who ask when it has been deleted here.
   *
   * @param server the server
   * @throws RpcException if the call fails
   */
  public void leaveForwarding(InetAddress server) throws RpcException {
    client.setForwarding(id, Inet4.number(server));
  }

  private static VolintInfo changes(int quota, int created, int updated) {
    return new VolintInfo(
        "", LEAVE, LEAVE, LEAVE, LEAVE, LEAVE, LEAVE, LEAVE, 0, 0, 0, created, LEAVE, updated,
        LEAVE, LEAVE, LEAVE, quota, LEAVE, LEAVE, LEAVE, LEAVE, LEAVE, LEAVE);
  }

  /**
   * Ends it. Does nothing if it has ended.
   *
   * @return 0, or the error that an operation has left
   * @throws RpcException if the call fails
   */
  public int end() throws RpcException {
    if (ended) {
      return 0;
    }
    ended = true;
    return client.endTrans(id);
  }

  /** Ends it; what an operation has left is not looked at. */
  @Override
  public void close() throws RpcException {
    end();
  }
}
