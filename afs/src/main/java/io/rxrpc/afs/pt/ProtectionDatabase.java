// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.pt;

import static io.rxrpc.afs.pt.PtConstants.ANONYMOUSID;
import static io.rxrpc.afs.pt.PtConstants.PRGRP;
import static io.rxrpc.afs.pt.PtConstants.PRLIST_GROUPS;
import static io.rxrpc.afs.pt.PtConstants.PRLIST_USERS;
import static io.rxrpc.afs.pt.PtConstants.PRUSER;
import static io.rxrpc.afs.pt.PtConstants.PR_SF_NGROUPS;

import io.rxrpc.CallOptions;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.error.AfsErrors;
import io.rxrpc.afs.form.Pages;
import io.rxrpc.rpc.RpcClient;
import io.rxrpc.rpc.RpcException;
import io.rxrpc.xdr.Ints;
import io.rxrpc.xdr.XdrText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A cell's users and groups, at one of its database servers. Reads may go to any server, changes go
 * to the sync site; another one answers UNOTSYNC. Immutable and safe for all threads. Methods fail
 * with a {@link RpcException}; an abort is a {@link io.rxrpc.rpc.RpcAbortException}, whose code has
 * the name of the service's table ({@code PRNOENT}).
 */
public final class ProtectionDatabase {
  private static final int ACCESS_BITS = 0xff;
  private static final int LAST = -1;

  private final PrClient client;

  /**
   * The database at a server, without security: enough for most of what reads.
   *
   * @param endpoint makes the calls
   * @param server the server
   */
  public ProtectionDatabase(RxrpcEndpoint endpoint, RxrpcAddress server) {
    this(new PrClient(RpcClient.of(endpoint, server).errors(AfsErrors.TABLES)));
  }

  /**
   * The database that a client calls.
   *
   * @param client the typed client to stand on
   */
  public ProtectionDatabase(PrClient client) {
    this.client = client;
  }

  /**
   * {@return the same with other options of calls: a token for what changes something, a time
   * limit}
   *
   * @param options security, time limit and the like
   */
  public ProtectionDatabase with(CallOptions options) {
    return new ProtectionDatabase(client.with(options));
  }

  /** {@return the procedures as the service has them} */
  public PrClient client() {
    return client;
  }

  /**
   * {@return the id of a user or group, or nothing if there is none of that name}
   *
   * @param name the name
   * @throws RpcException if the call fails
   */
  public OptionalInt id(String name) throws RpcException {
    int id = client.nameToID(List.of(name)).get(0);
    boolean anonymous = id == ANONYMOUSID && !name.toLowerCase(Locale.ROOT).equals("anonymous");
    return anonymous ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /**
   * {@return the name of a user or group; the id in digits if there is none}
   *
   * @param id the id
   * @throws RpcException if the call fails
   */
  public String name(int id) throws RpcException {
    return names(List.of(id)).getFirst();
  }

  /**
   * {@return the names of users and groups, in the same order; an id in digits where there is none}
   *
   * @param ids the ids
   * @throws RpcException if the call fails
   */
  public List<String> names(List<Integer> ids) throws RpcException {
    Ints wire = Ints.of(ids.stream().mapToInt(Integer::intValue).toArray());
    return client.idToName(wire).stream().map(XdrText::untilNul).toList();
  }

  /**
   * {@return what is known of a user or group}
   *
   * @param id the id
   * @throws RpcException if the call fails
   */
  public Principal entry(int id) throws RpcException {
    Prcheckentry entry = client.listEntry(id);
    return new Principal(
        entry.id(),
        XdrText.untilNul(entry.name()),
        entry.owner(),
        entry.creator(),
        entry.count(),
        entry.ngroups(),
        entry.nusers(),
        new Access(entry.flags() & ACCESS_BITS));
  }

  /**
   * {@return the members of a group, or the groups that a user is in}
   *
   * @param id the id
   * @throws RpcException if the call fails
   */
  public List<Integer> members(int id) throws RpcException {
    return list(client.listElements(id).elist());
  }

  /**
   * {@return all ids by which a user has rights}
   *
   * @param id the id
   * @throws RpcException if the call fails
   */
  public List<Integer> rightsOf(int id) throws RpcException {
    return list(client.getCPS(id).elist());
  }

  /**
   * {@return whether a user is in a group, directly or because everybody is}
   *
   * @param userId the id of the user
   * @param groupId the id of the group, below 0
   * @throws RpcException if the call fails
   */
  public boolean isMember(int userId, int groupId) throws RpcException {
    return client.isAMemberOf(userId, groupId) != 0;
  }

  /**
   * {@return the groups that someone owns, fetched in pages while the stream is read} Failures are
   * {@link java.io.UncheckedIOException}s.
   *
   * @param id the id
   */
  public Stream<Integer> owned(int id) {
    return Pages.stream(
        0,
        cursor -> {
          Pr.ListOwnedResult page = client.listOwned(id, cursor);
          return new Pages.Page<>(list(page.elist()), page.lastp(), page.lastp() == 0);
        });
  }

  /** {@return all users; as {@link #all}} */
  public Stream<Principal> users() {
    return listed(PRLIST_USERS);
  }

  /** {@return all groups; as {@link #all}} */
  public Stream<Principal> groups() {
    return listed(PRLIST_GROUPS);
  }

  /**
   * {@return all users and groups, for administrators, fetched in pages of up to 500 while the
   * stream is read} Failures are {@link java.io.UncheckedIOException}s.
   */
  public Stream<Principal> all() {
    return listed(PRLIST_USERS | PRLIST_GROUPS);
  }

  private Stream<Principal> listed(int flags) {
    return Pages.stream(
        0,
        cursor -> {
          Pr.ListEntriesResult page = client.listEntries(flags, cursor);
          List<Principal> entries =
              page.bulkentries().stream().map(ProtectionDatabase::of).toList();
          return new Pages.Page<>(entries, page.nextstartindex(), page.nextstartindex() == LAST);
        });
  }

  private static Principal of(Prlistentries entry) {
    return new Principal(
        entry.id(),
        XdrText.untilNul(entry.name()),
        entry.owner(),
        entry.creator(),
        entry.count(),
        entry.ngroups(),
        entry.nusers(),
        new Access(entry.flags() & ACCESS_BITS));
  }

  private static List<Integer> list(Ints ids) {
    List<Integer> list = new ArrayList<>();
    ids.stream().forEach(list::add);
    return list;
  }

  /**
   * Creates a user. Returns its id, which the server chooses.
   *
   * @param name the name
   * @return its id
   * @throws RpcException if the call fails
   */
  public int createUser(String name) throws RpcException {
    return client.newEntry(name, PRUSER, 0);
  }

  /**
   * Creates a group. Returns its id, which the server chooses.
   *
   * @param name the name
   * @param ownerId who shall own it; 0 for the caller
   * @return its id
   * @throws RpcException if the call fails
   */
  public int createGroup(String name, int ownerId) throws RpcException {
    return client.newEntry(name, PRGRP, ownerId);
  }

  /**
   * Creates a user or, with an id below 0, a group.
   *
   * @param name the name
   * @param id the id
   * @param ownerId the id of the owner
   * @throws RpcException if the call fails
   */
  public void create(String name, int id, int ownerId) throws RpcException {
    client.iNewEntry(name, id, ownerId);
  }

  /**
   * Removes a user or group.
   *
   * @param id the id
   * @throws RpcException if the call fails
   */
  public void delete(int id) throws RpcException {
    client.delete(id);
  }

  /**
   * Adds a user to a group.
   *
   * @param userId the id of the user
   * @param groupId the id of the group, below 0
   * @throws RpcException if the call fails
   */
  public void add(int userId, int groupId) throws RpcException {
    client.addToGroup(userId, groupId);
  }

  /**
   * Removes a user from a group.
   *
   * @param userId the id of the user
   * @param groupId the id of the group, below 0
   * @throws RpcException if the call fails
   */
  public void remove(int userId, int groupId) throws RpcException {
    client.removeFromGroup(userId, groupId);
  }

  /**
   * Gives a user or group another name.
   *
   * @param id the id
   * @param name the name
   * @throws RpcException if the call fails
   */
  public void rename(int id, String name) throws RpcException {
    client.changeEntry(id, name, 0, 0);
  }

  /**
   * Gives a group another owner.
   *
   * @param id the id
   * @param ownerId the id of the owner
   * @throws RpcException if the call fails
   */
  public void changeOwner(int id, int ownerId) throws RpcException {
    client.changeEntry(id, "", ownerId, 0);
  }

  /**
   * Sets who may see and do what.
   *
   * @param id the id
   * @param access who may do what with it
   * @throws RpcException if the call fails
   */
  public void setAccess(int id, Access access) throws RpcException {
    client.setFieldsEntry(id, ACCESS_BITS, access.bits(), 0, 0, 0, 0);
  }

  /**
   * Sets how many more groups a user may create.
   *
   * @param id the id
   * @param groups how many
   * @throws RpcException if the call fails
   */
  public void setGroupQuota(int id, int groups) throws RpcException {
    client.setFieldsEntry(id, PR_SF_NGROUPS, 0, groups, 0, 0, 0);
  }
}
