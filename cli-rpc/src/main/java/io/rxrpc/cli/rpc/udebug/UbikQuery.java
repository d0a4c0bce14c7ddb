// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.udebug;

import io.rxrpc.AbortCode;
import io.rxrpc.afs.ubik.UbikDebug;
import io.rxrpc.afs.ubik.Vote;
import io.rxrpc.afs.ubik.VoteClient;
import io.rxrpc.rpc.RpcAbortException;
import io.rxrpc.rpc.RpcException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks a server of a database for its state. */
final class UbikQuery {
  /** What a server answers that is asked for one more than there are. */
  private static final int NO_MORE = 2;

  /** More servers than a database can have: one that has no end is not asked for ever. */
  private static final int MOST = 255;

  private UbikQuery() {}

  /**
   * Asks.
   *
   * @param all whether also a server that is not the sync site is asked for the others
   * @param now the time of this machine
   */
  static UbikState ask(VoteClient server, boolean all, Instant now) throws RpcException {
    UbikDebug debug;
    Boolean clone;
    try {
      Vote.XDebugResult result = server.xDebug();
      debug = result.db();
      clone = result.isClone() != 0;
    } catch (RpcAbortException e) {
      if (e.code() != AbortCode.OPCODE.value()) {
        throw e;
      }
      debug = server.debug(); // servers from before there were clones
      clone = null;
    }
    boolean others = all || debug.amSyncSite() != 0;
    return new UbikState(
        server.rpc().server(), now, debug, clone, others ? others(server, clone) : List.of());
  }

  private static List<UbikState.Other> others(VoteClient server, @Nullable Boolean clones)
      throws RpcException {
    List<UbikState.Other> others = new ArrayList<>();
    try {
      for (int which = 0; which < MOST; which++) {
        if (clones == null) {
          others.add(new UbikState.Other(server.sDebug(which), null));
        } else {
          Vote.XSDebugResult result = server.xsDebug(which);
          others.add(new UbikState.Other(result.db(), result.isClone() != 0));
        }
      }
    } catch (RpcAbortException e) {
      if (e.code() != NO_MORE) {
        throw e;
      }
    }
    return others;
  }
}
