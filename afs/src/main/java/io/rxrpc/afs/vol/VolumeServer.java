// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.vol;

import static io.rxrpc.afs.vol.VolConstants.VOLUME_RW;

import io.rxrpc.CallOptions;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.Partition;
import io.rxrpc.afs.error.AfsErrors;
import io.rxrpc.rpc.RpcAbortException;
import io.rxrpc.rpc.RpcClient;
import io.rxrpc.rpc.RpcException;
import io.rxrpc.xdr.XdrText;
import java.util.List;
import java.util.Optional;

/**
 * The volumes of a file server machine. Immutable and safe for all threads. Methods fail with a
 * {@link RpcException}; an abort is a {@link RpcAbortException}, whose code has the name of the
 * service's table ({@code VOLSERVOLBUSY}).
 *
 * <pre>{@code
 * try (VolumeTransaction open = volumes.begin(id, partition, Opening.BUSY)) {
 *   open.dumpTo(file, null);
 * }
 * }</pre>
 */
public final class VolumeServer {
  private static final int ALL_ABOUT_THEM = 1;
  private static final int NO_SUCH_VOLUME = 19; // ENODEV, as the server's system has it

  private final AFSVolClient client;

  /**
   * The volumes of a server, without security: enough for what reads.
   *
   * @param endpoint makes the calls
   * @param server the server
   */
  public VolumeServer(RxrpcEndpoint endpoint, RxrpcAddress server) {
    this(new AFSVolClient(RpcClient.of(endpoint, server).errors(AfsErrors.TABLES)));
  }

  /**
   * The volumes that a client calls for.
   *
   * @param client the typed client to stand on
   */
  public VolumeServer(AFSVolClient client) {
    this.client = client;
  }

  /**
   * {@return the same with other options of calls: a token for what changes something, a time
   * limit}
   *
   * @param options security, time limit and the like
   */
  public VolumeServer with(CallOptions options) {
    return new VolumeServer(client.with(options));
  }

  /** {@return the procedures as the service has them} */
  public AFSVolClient client() {
    return client;
  }

  /**
   * {@return the server's partitions}
   *
   * @throws RpcException if the call fails
   */
  public List<Partition> partitions() throws RpcException {
    return client.xListPartitions().stream().mapToObj(Partition::new).toList();
  }

  /**
   * {@return how large a partition is and what is free}
   *
   * @param partition the partition
   * @throws RpcException if the call fails
   */
  public PartitionSpace space(Partition partition) throws RpcException {
    DiskPartition64 disk = client.partitionInfo64(partition.toString());
    // The whole size comes as minFree, and totalUsable is always 0.
    return new PartitionSpace(
        Partition.parse(XdrText.untilNul(disk.name())),
        XdrText.untilNul(disk.devName()),
        disk.free(),
        disk.minFree());
  }

  /**
   * {@return the volumes of a partition}
   *
   * @param partition the partition
   * @throws RpcException if the call fails
   */
  public List<VolumeState> volumes(Partition partition) throws RpcException {
    return client.listVolumes(partition.id(), ALL_ABOUT_THEM).stream()
        .map(VolumeState::of)
        .toList();
  }

  /**
   * {@return a volume of a partition, or nothing if it is not there}
   *
   * @param partition the partition
   * @param id the id
   * @throws RpcException if the call fails
   */
  public Optional<VolumeState> volume(Partition partition, int id) throws RpcException {
    try {
      return client.listOneVolume(partition.id(), id).stream().map(VolumeState::of).findFirst();
    } catch (RpcAbortException e) {
      if (e.code() == NO_SUCH_VOLUME) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * {@return the open transactions}
   *
   * @throws RpcException if the call fails
   */
  public List<TransDebugInfo> transactions() throws RpcException {
    return client.monitor();
  }

  /**
   * Begins a transaction on a volume.
   *
   * @param id the id
   * @param partition the partition
   * @param how in which way
   * @return to be ended by the caller
   * @throws RpcAbortException VOLSERVOLBUSY if another one has it, VNOVOL if it is not there
   */
  public VolumeTransaction begin(int id, Partition partition, Opening how) throws RpcException {
    return new VolumeTransaction(client, client.transCreate(id, partition.id(), how.flag()), id);
  }

  /**
   * Makes an empty read-write volume and begins a transaction on it. It is out of service until
   * that brings it into service.
   *
   * @param partition the partition
   * @param name the name
   * @param id from {@code Vldb.reserveIds}
   * @return to be ended by the caller
   * @throws RpcException if the call fails
   */
  public VolumeTransaction create(Partition partition, String name, int id) throws RpcException {
    AFSVol.CreateVolumeResult made = client.createVolume(partition.id(), name, VOLUME_RW, 0, id);
    return new VolumeTransaction(client, made.trans(), made.volid());
  }

  /**
   * Makes a read-write volume without a root directory, for a dump to be restored into, and begins
   * a transaction on it.
   *
   * @param partition the partition
   * @param name the name
   * @param id from {@code Vldb.reserveIds}
   * @return to be ended by the caller
   * @throws RpcException if the call fails
   */
  public VolumeTransaction createForRestore(Partition partition, String name, int id)
      throws RpcException {
    AFSVol.CreateVolumeResult made = client.createVolume(partition.id(), name, VOLUME_RW, id, id);
    return new VolumeTransaction(client, made.trans(), made.volid());
  }
}
