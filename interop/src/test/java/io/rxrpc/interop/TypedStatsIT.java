// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.afs.BuiltInService;
import io.rxrpc.afs.stats.CallCounters;
import io.rxrpc.afs.stats.CallRecord;
import io.rxrpc.afs.stats.Rxstats;
import io.rxrpc.afs.stats.RxstatsClient;
import io.rxrpc.afs.ubik.DatabaseServer;
import io.rxrpc.afs.ubik.DatabaseState;
import io.rxrpc.afs.ubik.Vote;
import io.rxrpc.afs.ubik.VoteClient;
import io.rxrpc.afs.vl.VlClient;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.interop.peers.Programs;
import io.rxrpc.security.SecurityLevel;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every procedure of a real server's counters, and of its elections but the vote itself. */
@Needs(Peer.DES_CELL)
class TypedStatsIT {
  private static final int ALL = 0xffff_ffff;
  private static final int VL_PORT = 7003;

  @ParameterizedTest
  @EnumSource(names = {"CLEAR", "ENCRYPT"})
  void everyProcedureOfTheCountersIsCalled(SecurityLevel level, Cell cell) throws Exception {
    CallLedger ledger = new CallLedger(BuiltInService.STATS);
    try (TypedCell typed = new TypedCell(cell, level)) {
      RxstatsClient stats = new RxstatsClient(typed.at(BuiltInService.STATS, VL_PORT));
      VlClient vl = new VlClient(typed.at(BuiltInService.VL));
      assertThat(ledger.call(Rxstats.QUERY_RPC_STATS_VERSION, stats::queryRPCStatsVersion)).isOne();
      ledger.order(Rxstats.ENABLE_PROCESS_RPC_STATS, stats::enableProcessRPCStats);
      ledger.order(Rxstats.ENABLE_PEER_RPC_STATS, stats::enablePeerRPCStats);
      assertThat(ledger.call(Rxstats.QUERY_PROCESS_RPC_STATS, stats::queryProcessRPCStats)).isOne();
      assertThat(ledger.call(Rxstats.QUERY_PEER_RPC_STATS, stats::queryPeerRPCStats)).isOne();
      for (int i = 0; i < 5; i++) {
        vl.probeServer();
      }
      CallCounters counters = new CallCounters(stats);
      ledger.call(Rxstats.RETRIEVE_PROCESS_RPC_STATS, () -> stats.retrieveProcessRPCStats(1));
      ledger.call(Rxstats.RETRIEVE_PEER_RPC_STATS, () -> stats.retrievePeerRPCStats(1));
      assertThat(probes(counters.ofAll())).isEqualTo(5);
      assertThat(counters.ofPeers())
          .anySatisfy(
              r -> {
                assertThat(r.peer()).isEqualTo(typed.endpoint().localAddress());
                assertThat(r.calls()).isEqualTo(5);
              });
      ledger.order(Rxstats.CLEAR_PROCESS_RPC_STATS, () -> stats.clearProcessRPCStats(ALL));
      ledger.order(Rxstats.CLEAR_PEER_RPC_STATS, () -> stats.clearPeerRPCStats(ALL));
      assertThat(probes(counters.ofAll())).isZero();
      ledger.order(Rxstats.DISABLE_PROCESS_RPC_STATS, stats::disableProcessRPCStats);
      ledger.order(Rxstats.DISABLE_PEER_RPC_STATS, stats::disablePeerRPCStats);
      assertThat(counters.areOn()).isFalse();
      assertThat(counters.areOnForPeers()).isFalse();
      assertThat(counters.ofAll()).isEmpty();
    }
    ledger.close();
  }

  /** ProbeServer is the first procedure in the description, as in servers. */
  private static long probes(List<CallRecord> records) {
    return records.stream()
        .filter(r -> r.interfaceNumber() == 15 && r.procedure() == 0 && !r.isPeerServer())
        .mapToLong(CallRecord::calls)
        .sum();
  }

  @ParameterizedTest
  @EnumSource(names = {"CLEAR", "ENCRYPT"})
  void electionsAreWhatUdebugPrints(SecurityLevel level, Cell cell) throws Exception {
    CallLedger ledger = new CallLedger(BuiltInService.VOTE);
    try (TypedCell typed = new TypedCell(cell, level)) {
      VoteClient vote = new VoteClient(typed.at(BuiltInService.VOTE, VL_PORT));
      var db = ledger.call(Vote.DEBUG, vote::debug);
      assertThat(ledger.call(Vote.DEBUG_OLD, vote::debugOld).localVersion())
          .isEqualTo(db.localVersion());
      assertThat(ledger.call(Vote.X_DEBUG, vote::xDebug).isClone()).isZero();
      assertThat(ledger.refused(Vote.S_DEBUG, () -> vote.sDebug(0))).isEqualTo("ENOENT");
      assertThat(ledger.refused(Vote.S_DEBUG_OLD, () -> vote.sDebugOld(0))).isEqualTo("ENOENT");
      assertThat(ledger.refused(Vote.XS_DEBUG, () -> vote.xsDebug(0))).isEqualTo("ENOENT");
      ledger.leave(Vote.BEACON, "a vote for another sync site would stop the database");

      DatabaseServer server = new DatabaseServer(vote);
      DatabaseState state = server.state();
      assertThat(server.others()).isEmpty();
      String printed = Programs.run("udebug", typed.host(), "7003").ok().out();
      assertThat(state.isHealthySyncSite()).isTrue();
      assertThat(printed)
          .contains("I am sync site forever (1 server)")
          .contains("Recovery state " + Integer.toHexString(state.recoveryState()))
          .contains(
              "version is " + state.version().epoch() + "." + state.version().counter() + "\n");
      assertThat(state.addresses()).containsExactly(cell.address());
    }
    ledger.close();
  }
}
