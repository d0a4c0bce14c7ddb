// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.vl;

import static io.rxrpc.afs.vl.VlConstants.VLADDR_INDEX;
import static io.rxrpc.afs.vl.VlConstants.VLADDR_IPADDR;
import static io.rxrpc.afs.vl.VlConstants.VLADDR_UUID;
import static io.rxrpc.afs.vl.VlConstants.VOLTYPE_ANY;

import io.rxrpc.CallOptions;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.error.AfsErrors;
import io.rxrpc.afs.form.Inet4;
import io.rxrpc.afs.form.Pages;
import io.rxrpc.rpc.RpcAbortException;
import io.rxrpc.rpc.RpcClient;
import io.rxrpc.rpc.RpcException;
import io.rxrpc.xdr.Ints;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A cell's volume location database, at one of its servers. Reads may go to any server, changes go
 * to the sync site; another one answers UNOTSYNC. Immutable and safe for all threads.
 *
 * <pre>{@code
 * try (RxrpcEndpoint endpoint = RxrpcEndpoint.open()) {
 *   Vldb vl = new Vldb(endpoint, WellKnownService.VL.at("afsdb1.example.org"));
 *   System.out.println(vl.entry("root.cell").readOnlySites());
 * }
 * }</pre>
 *
 * <p>Methods fail with a {@link RpcException}; an abort is a {@link RpcAbortException}, whose code
 * has the name of the service's table ({@code VL_NOENT}). Times out as the options of the calls
 * say.
 */
public final class Vldb {
  private static final UUID NO_UUID = new UUID(0, 0);
  private static final int LAST = -1;

  private final VlClient client;

  /**
   * The database at a server, without security: enough for all that reads.
   *
   * @param endpoint makes the calls
   * @param server the server
   */
  public Vldb(RxrpcEndpoint endpoint, RxrpcAddress server) {
    this(new VlClient(RpcClient.of(endpoint, server).errors(AfsErrors.TABLES)));
  }

  /**
   * The database that a client calls.
   *
   * @param client the typed client to stand on
   */
  public Vldb(VlClient client) {
    this.client = client;
  }

  /**
   * {@return the same with other options of calls: a token for what changes something, a time
   * limit}
   *
   * @param options security, time limit and the like
   */
  public Vldb with(CallOptions options) {
    return new Vldb(client.with(options));
  }

  /** {@return the procedures as the service has them} */
  public VlClient client() {
    return client;
  }

  /**
   * {@return the entry of a volume; servers by their addresses}
   *
   * @param name also with {@code .readonly} or {@code .backup}; digits are an id
   * @throws RpcAbortException VL_NOENT if there is none
   */
  public VolumeEntry entry(String name) throws RpcException {
    return EntryForms.of(client.getEntryByNameN(name));
  }

  /**
   * {@return the entry of the volume with that id, which may be any of its ids}
   *
   * @param id the id
   * @throws RpcException if the call fails
   */
  public VolumeEntry entry(int id) throws RpcException {
    return EntryForms.of(client.getEntryByIDN(id, VOLTYPE_ANY));
  }

  /**
   * {@return the entry of a volume, or nothing if there is none}
   *
   * @param name the name
   * @throws RpcException if the call fails
   */
  public Optional<VolumeEntry> find(String name) throws RpcException {
    try {
      return Optional.of(entry(name));
    } catch (RpcAbortException e) {
      if (e.code() == VlCodes.NOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * {@return the entry of a volume; servers by their UUIDs, as clients of files keep them}
   *
   * @param name the name
   * @throws RpcException if the call fails
   */
  public VolumeEntry entryByUuids(String name) throws RpcException {
    return EntryForms.of(client.getEntryByNameU(name));
  }

  /**
   * {@return all entries, fetched in pages of up to 500 while the stream is read} Failures are
   * {@link java.io.UncheckedIOException}s.
   */
  public Stream<VolumeEntry> entries() {
    return entries(EntryFilter.ALL);
  }

  /**
   * {@return the entries that the filter lets through; as {@link #entries()}}
   *
   * @param filter which ones
   */
  public Stream<VolumeEntry> entries(EntryFilter filter) {
    return Pages.stream(
        0,
        cursor -> {
          Vl.ListAttributesN2Result page =
              client.listAttributesN2(filter.attributes(), filter.expression(), cursor);
          return new Pages.Page<>(
              page.blkentries().stream().map(EntryForms::of).toList(),
              page.nextstartindex(),
              page.nextstartindex() == LAST);
        });
  }

  /**
   * {@return the addresses of the file server with that UUID}
   *
   * @param uuid its UUID
   * @throws RpcException if the call fails
   */
  public FileServerAddresses server(UUID uuid) throws RpcException {
    return server(new ListAddrByAttributes(VLADDR_UUID, 0, 0, 0, uuid));
  }

  /**
   * {@return all addresses of the file server that has this one}
   *
   * @param address the address
   * @throws RpcException if the call fails
   */
  public FileServerAddresses server(InetAddress address) throws RpcException {
    return server(new ListAddrByAttributes(VLADDR_IPADDR, Inet4.number(address), 0, 0, NO_UUID));
  }

  /**
   * {@return the file servers that have announced themselves}
   *
   * @throws RpcException if the call fails
   */
  public List<FileServerAddresses> servers() throws RpcException {
    List<FileServerAddresses> servers = new ArrayList<>();
    int known = client.getAddrs(0, 0).nentries();
    // Indexes begin with 1, and those of servers that are gone stay empty.
    for (int index = 1; servers.size() < known; index++) {
      try {
        servers.add(server(new ListAddrByAttributes(VLADDR_INDEX, 0, index, 0, NO_UUID)));
      } catch (RpcAbortException e) {
        if (e.code() == VlCodes.INDEXERANGE) {
          return servers;
        }
        if (e.code() != VlCodes.NOENT) {
          throw e;
        }
      }
    }
    return servers;
  }

  private FileServerAddresses server(ListAddrByAttributes which) throws RpcException {
    Vl.GetAddrsUResult found = client.getAddrsU(which);
    return new FileServerAddresses(
        found.uuidp1(), found.uniquifier(), addresses(found.blkaddrs(), found.nentries()));
  }

  private static List<InetAddress> addresses(Ints numbers, int count) {
    return numbers.stream().limit(Math.max(0, count)).mapToObj(Inet4::of).toList();
  }

  /**
   * Reserves ids for volumes.
   *
   * @param count how many
   * @return the first of them; the others follow it
   * @throws RpcException if the call fails
   */
  public int reserveIds(int count) throws RpcException {
    return client.getNewVolumeId(count);
  }

  /**
   * Makes an entry, whose name and ids must be new.
   *
   * @param entry the entry
   * @throws RpcException if the call fails
   */
  public void create(VolumeEntry entry) throws RpcException {
    client.createEntryN(EntryForms.wire(entry));
  }

  /**
   * Replaces the entry of that id, and unlocks it.
   *
   * @param id the id
   * @param entry the entry
   * @throws RpcException if the call fails
   */
  public void replace(int id, VolumeEntry entry) throws RpcException {
    client.replaceEntryN(id, VOLTYPE_ANY, EntryForms.wire(entry), WHOLE_LOCK);
  }

  /**
   * Replaces the entry of that id, and leaves it locked.
   *
   * @param id the id
   * @param entry the entry
   * @throws RpcException if the call fails
   */
  public void replaceLocked(int id, VolumeEntry entry) throws RpcException {
    client.replaceEntryN(id, VOLTYPE_ANY, EntryForms.wire(entry), 0);
  }

  /**
   * Removes the entry of that id.
   *
   * @param id the id
   * @throws RpcException if the call fails
   */
  public void delete(int id) throws RpcException {
    client.deleteEntry(id, VOLTYPE_ANY);
  }

  /**
   * Locks the entry of that id. The lock stays until {@link #unlock}, whatever becomes of the
   * caller.
   *
   * @param id the id
   * @param operation what for: VLOP_ of {@link VlConstants}
   * @throws RpcAbortException VL_ENTRYLOCKED if it is locked
   */
  public void lock(int id, int operation) throws RpcException {
    client.setLock(id, VOLTYPE_ANY, operation);
  }

  /**
   * Unlocks the entry of that id.
   *
   * @param id the id
   * @throws RpcException if the call fails
   */
  public void unlock(int id) throws RpcException {
    client.releaseLock(id, VOLTYPE_ANY, WHOLE_LOCK);
  }

  private static final int WHOLE_LOCK =
      VlConstants.LOCKREL_TIMESTAMP | VlConstants.LOCKREL_OPCODE | VlConstants.LOCKREL_AFSID;
}
