// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.BuiltInService;
import io.rxrpc.afs.cb.InterfaceAddr;
import io.rxrpc.afs.cb.Rxafscb;
import io.rxrpc.afs.cb.RxafscbClient;
import io.rxrpc.afs.error.AfsErrors;
import io.rxrpc.afs.fs.AFSFid;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.interop.peers.Programs;
import io.rxrpc.rpc.Procedure;
import io.rxrpc.rpc.RpcAbortException;
import io.rxrpc.rpc.RpcClient;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Every procedure of a real client's callback service, and cmdebug at ours. */
@Needs(Peer.CELL)
class TypedCbIT {
  /** A program that reads a file and is not read itself stays, and so does its callback service. */
  @Test
  void everyProcedureIsCalledAtAClientThatWaits(Cell cell) throws Exception {
    CallLedger ledger = new CallLedger(BuiltInService.CB);
    try (WaitingClient waiting = WaitingClient.start(cell);
        RxrpcEndpoint endpoint = RxrpcEndpoint.open()) {
      RxafscbClient cb =
          new RxafscbClient(
              RpcClient.of(endpoint, Rpc.service(waiting.address(), 1)).errors(AfsErrors.TABLES));
      ledger.order(Rxafscb.PROBE, cb::probe);
      Rxafscb.TellMeAboutYourselfResult me =
          ledger.call(Rxafscb.TELL_ME_ABOUT_YOURSELF, cb::tellMeAboutYourself);
      InterfaceAddr addr = ledger.call(Rxafscb.WHO_ARE_YOU, cb::whoAreYou);
      assertThat(addr.uuid()).isEqualTo(me.addr().uuid());
      assertThat(me.capabilities().get(0) & 1).isOne();
      ledger.order(Rxafscb.PROBE_UUID, () -> cb.probeUuid(addr.uuid()));
      assertThat(ledger.refused(Rxafscb.PROBE_UUID, () -> cb.probeUuid(UUID.randomUUID())))
          .isEqualTo("EPERM");
      ledger.call(Rxafscb.GET_LOCK, () -> cb.getLock(0));
      ledger.call(Rxafscb.X_STATS_VERSION, cb::xStatsVersion);
      ledger.call(Rxafscb.GET_X_STATS, () -> cb.getXStats(2, 1)); // which only kernels fill in
      ask(ledger, Rxafscb.GET_LOCAL_CELL, cb::getLocalCell);
      ask(ledger, Rxafscb.GET_CELL_SERV_DB, () -> cb.getCellServDB(0));
      ask(ledger, Rxafscb.GET_CELL_BY_NUM, () -> cb.getCellByNum(1));
      ask(ledger, Rxafscb.GET_SERVER_PREFS, () -> cb.getServerPrefs(0));
      ask(ledger, Rxafscb.GET_CACHE_CONFIG, () -> cb.getCacheConfig(1));
      cacheEntries(ledger, cb);
      assertThat(ledger.refused(Rxafscb.INIT_CALL_BACK_STATE2, cb::initCallBackState2))
          .isEqualTo("RXGEN_OPCODE");
      ledger.order(Rxafscb.CALL_BACK, () -> cb.callBack(List.of(new AFSFid(1, 0, 0)), List.of()));
      ledger.order(Rxafscb.INIT_CALL_BACK_STATE, cb::initCallBackState);
      ledger.order(Rxafscb.INIT_CALL_BACK_STATE3, () -> cb.initCallBackState3(UUID.randomUUID()));
    }
    ledger.close();
  }

  /** A client outside a kernel need not know what is only for debugging one. */
  private static <T> void ask(CallLedger ledger, Procedure procedure, CallLedger.Call<T> call)
      throws Exception {
    try {
      assertThat(ledger.call(procedure, call)).isNotNull();
    } catch (RpcAbortException e) {
      assertThat(ledger.refused(procedure, call::make)).isEqualTo("RXGEN_OPCODE");
    }
  }

  /** The entry of the file that is read, wherever it is in the client's cache. */
  private static void cacheEntries(CallLedger ledger, RxafscbClient cb) throws Exception {
    int index = 0;
    while (true) {
      int at = index++;
      try {
        var ce = ledger.call(Rxafscb.GET_CE, () -> cb.getCE(at));
        var wide = ledger.call(Rxafscb.GET_CE64, () -> cb.getCE64(at));
        assertThat(wide.netFid()).isEqualTo(ce.netFid());
        assertThat(wide.length()).isEqualTo(ce.length());
        return;
      } catch (RpcAbortException e) {
        assertThat(e.code()).as("1 is the end, 2 one that is busy").isEqualTo(2);
      }
    }
  }

  @Test
  void cmdebugListsAClientOfOurs(Cell cell) throws Exception {
    try (TypedCell typed = new TypedCell(cell)) {
      String port = String.valueOf(typed.endpoint().localAddress().getPort());
      Programs.Result printed =
          Programs.run("cmdebug", "-servers", "127.0.0.1", "-port", port, "-addrs");
      assertThat(printed.ok().out()).contains("Host interfaces");
    }
  }
}
