// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static io.rxrpc.afs.pt.PtConstants.ANONYMOUSID;
import static io.rxrpc.afs.pt.PtConstants.PRGRP;
import static io.rxrpc.afs.pt.PtConstants.PRLIST_GROUPS;
import static io.rxrpc.afs.pt.PtConstants.PRLIST_USERS;
import static io.rxrpc.afs.pt.PtConstants.PRUPDATE_IDHASH;
import static io.rxrpc.afs.pt.PtConstants.PRUSER;
import static io.rxrpc.afs.pt.PtConstants.PR_SF_NGROUPS;
import static io.rxrpc.afs.pt.PtConstants.SYSADMINID;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.afs.BuiltInService;
import io.rxrpc.afs.pt.Access;
import io.rxrpc.afs.pt.Pr;
import io.rxrpc.afs.pt.PrClient;
import io.rxrpc.afs.pt.PrUpdateEntry;
import io.rxrpc.afs.pt.Prcheckentry;
import io.rxrpc.afs.pt.Prdebugentry;
import io.rxrpc.afs.pt.Prlistentries;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.rpc.RpcAbortException;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.xdr.Ints;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every procedure of the real protection server. */
@Needs(Peer.DES_CELL)
class TypedPtIT {
  @ParameterizedTest
  @EnumSource(names = {"CLEAR", "ENCRYPT"})
  void everyProcedureIsCalled(SecurityLevel level, Cell cell) throws Exception {
    CallLedger ledger = new CallLedger(BuiltInService.PT);
    try (TypedCell typed = new TypedCell(cell, level)) {
      PrClient pt = new PrClient(typed.at(BuiltInService.PT));
      String user = "typed" + level.name().toLowerCase(Locale.ROOT);
      String group = "group" + user;
      int userId = ledger.call(Pr.NEW_ENTRY, () -> pt.newEntry(user, PRUSER, 0));
      int groupId = pt.newEntry(group, PRGRP, SYSADMINID);
      assertThat(userId).isPositive();
      assertThat(groupId).isNegative();
      assertThat(ledger.refused(Pr.NEW_ENTRY, () -> pt.newEntry(user, PRUSER, 0)))
          .isEqualTo("PREXIST");
      Pr.ListMaxResult max = ledger.call(Pr.LIST_MAX, pt::listMax);
      int given = max.uid() + 1;
      ledger.order(Pr.I_NEW_ENTRY, () -> pt.iNewEntry("i" + user, given, 0));
      ledger.order(Pr.SET_MAX, () -> pt.setMax(given, 0));
      assertThat(cell.run("pts", "listmax").ok().out())
          .isEqualTo("Max user id is %s and max group id is %s.\n", given, max.gid());
      members(ledger, pt, userId, groupId, cell, user, group);
      entries(ledger, pt, userId, groupId, cell, user);
      assertThat(refusedOrNothing(ledger, () -> pt.listSuperGroups(groupId)))
          .as("groups in groups, where the server has them")
          .isIn("", "RXGEN_OPCODE");
      ledger.order(Pr.DELETE, () -> pt.delete(groupId));
      pt.delete(userId);
      pt.delete(given);
      assertThat(pt.nameToID(List.of(user, group))).isEqualTo(Ints.of(ANONYMOUSID, ANONYMOUSID));
      pt.setMax(max.uid(), 0);
    }
    ledger.close();
  }

  private static String refusedOrNothing(CallLedger ledger, CallLedger.Order order)
      throws Exception {
    try {
      ledger.order(Pr.LIST_SUPER_GROUPS, order);
      return "";
    } catch (RpcAbortException e) {
      return ledger.refused(Pr.LIST_SUPER_GROUPS, order);
    }
  }

  private static void members(
      CallLedger ledger, PrClient pt, int userId, int groupId, Cell cell, String user, String group)
      throws Exception {
    ledger.order(Pr.ADD_TO_GROUP, () -> pt.addToGroup(userId, groupId));
    assertThat(ledger.call(Pr.IS_A_MEMBER_OF, () -> pt.isAMemberOf(userId, groupId))).isOne();
    assertThat(ledger.call(Pr.LIST_ELEMENTS, () -> pt.listElements(groupId)).elist())
        .isEqualTo(Ints.of(userId));
    assertThat(cell.run("pts", "membership", group).ok().out())
        .isEqualTo("Members of %s (id: %s) are:\n  %s\n", group, groupId, user);
    assertThat(ledger.call(Pr.GET_CPS, () -> pt.getCPS(userId)).elist().toArray())
        .containsExactlyInAnyOrder(userId, groupId, -101, -102);
    assertThat(ledger.call(Pr.GET_CPS2, () -> pt.getCPS2(userId, 0x0a000001)).elist().toArray())
        .contains(userId, groupId);
    int host = userId + 77_000;
    pt.iNewEntry("10.77.0.1", host, 0);
    pt.addToGroup(host, groupId);
    assertThat(ledger.call(Pr.GET_HOST_CPS, () -> pt.getHostCPS(0x0a4d0001)).elist().toArray())
        .as("groups that hosts of that address are in")
        .containsExactly(groupId);
    pt.delete(host);
    assertThat(ledger.call(Pr.LIST_OWNED, () -> pt.listOwned(SYSADMINID, 0)).elist().toArray())
        .contains(groupId);
    ledger.order(Pr.REMOVE_FROM_GROUP, () -> pt.removeFromGroup(userId, groupId));
    assertThat(pt.listElements(groupId).elist().size()).isZero();
  }

  private static void entries(
      CallLedger ledger, PrClient pt, int userId, int groupId, Cell cell, String user)
      throws Exception {
    assertThat(ledger.call(Pr.NAME_TO_ID, () -> pt.nameToID(List.of(user, "nobody.here"))))
        .isEqualTo(Ints.of(userId, ANONYMOUSID));
    assertThat(ledger.call(Pr.ID_TO_NAME, () -> pt.idToName(Ints.of(userId, SYSADMINID, 987654))))
        .containsExactly(user, "system:administrators", "987654");
    ledger.order(
        Pr.SET_FIELDS_ENTRY,
        () ->
            pt.setFieldsEntry(
                groupId, 0xff | PR_SF_NGROUPS, Access.parse("SOmar").bits(), 7, 0, 0, 0));
    Prcheckentry group = ledger.call(Pr.LIST_ENTRY, () -> pt.listEntry(groupId));
    assertThat(new Access(group.flags() & 0xff)).hasToString("SOmar");
    assertThat(group.owner()).isEqualTo(SYSADMINID);
    assertThat(cell.run("pts", "examine", group.name()).ok().out().replaceAll("\\s+", " "))
        .contains("Name: " + group.name() + ", id: " + groupId + ", owner: system:administrators")
        .contains("flags: SOmar, group quota: 7");
    ledger.order(Pr.CHANGE_ENTRY, () -> pt.changeEntry(userId, "re" + user, 0, 0));
    assertThat(pt.idToName(Ints.of(userId))).containsExactly("re" + user);
    pt.changeEntry(userId, user, 0, 0);
    int place = ledger.call(Pr.WHERE_IS_IT, () -> pt.whereIsIt(userId));
    Prdebugentry raw = ledger.call(Pr.DUMP_ENTRY, () -> pt.dumpEntry(place));
    assertThat(raw.name()).isEqualTo(user);
    assertThat(raw.id()).isEqualTo(userId);
    ledger.order(
        Pr.UPDATE_ENTRY,
        () ->
            pt.updateEntry(
                userId,
                user,
                new PrUpdateEntry(PRUPDATE_IDHASH, 0, 0, 0, 0, 0, 0, 0, Ints.of(new int[5]), "")));
    assertThat(pt.nameToID(List.of(user))).isEqualTo(Ints.of(userId));
    List<Prlistentries> all = new ArrayList<>();
    int next = 0;
    while (next != -1) {
      int from = next;
      Pr.ListEntriesResult page =
          ledger.call(Pr.LIST_ENTRIES, () -> pt.listEntries(PRLIST_USERS | PRLIST_GROUPS, from));
      all.addAll(page.bulkentries());
      next = page.nextstartindex();
    }
    assertThat(all).extracting(Prlistentries::name).contains(user, group.name(), "anonymous");
  }
}
