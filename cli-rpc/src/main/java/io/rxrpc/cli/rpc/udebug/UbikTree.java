// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.udebug;

import io.rxrpc.afs.ubik.UbikDebug;
import io.rxrpc.afs.ubik.UbikSdebug;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of a database's server for programs. */
final class UbikTree {
  private final UbikState state;
  private final UbikDebug debug;
  private final Map<String, @Nullable Object> json = new LinkedHashMap<>();

  private UbikTree(UbikState state) {
    this.state = state;
    this.debug = state.debug();
  }

  /** One object; what never was is null. */
  static Map<String, @Nullable Object> of(UbikState state) {
    UbikTree tree = new UbikTree(state);
    tree.whole();
    return tree.json;
  }

  private void whole() {
    json.put("target", state.server().toString());
    json.put("addresses", state.addresses());
    json.put("time", UbikState.time(debug.now()).toString());
    json.put("local_time", state.asked().toString());
    json.put("seconds_ahead", state.ahead());
    json.put("clone", state.isClone());
    json.put("sync_site", state.isSyncSite());
    json.put("sync_site_forever", state.isSyncSiteForever());
    json.put(
        "sync_site_seconds",
        state.isSyncSite() && !state.isSyncSiteForever() ? state.syncSiteFor() : null);
    json.put("servers", debug.nServers());
    json.put("recovery_state", debug.recoveryState());
    json.put("recovery", state.recovery());
    json.put("last_yes", host(state.lastYesHost(), state.lastYesTime()));
    json.put("last_yes_for_sync_site", state.lastYesForSyncSite());
    json.put("last_vote_started_seconds_ago", state.since(state.lastYesClaim()));
    json.put("lowest_host", host(debug.lowestHost(), debug.lowestTime()));
    json.put("sync_host", host(debug.syncHost(), debug.syncTime()));
    json.put("local_version", state.localVersion());
    json.put("sync_version", state.syncVersion());
    json.put(
        "labelled", debug.epochTime() == 0 ? null : UbikState.time(debug.epochTime()).toString());
    json.put("locked_pages", debug.lockedPages());
    json.put("write_locked_pages", debug.writeLockedPages());
    json.put("read_locks", debug.anyReadLocks() != 0);
    json.put("write_locks", debug.anyWriteLocks() != 0);
    json.put("active_write", debug.activeWrite() != 0);
    json.put("transaction_active", debug.currentTrans() != 0);
    json.put("write_transaction_active", debug.writeTrans() != 0);
    json.put("transaction", state.transaction());
    json.put("transaction_counter", debug.tidCounter());
    json.put("others", state.others().stream().map(this::other).toList());
  }

  private @Nullable Object host(int host, int time) {
    if (!UbikState.isHost(host)) {
      return null;
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("address", UbikState.address(host));
    json.put("seconds_ago", state.since(time));
    return json;
  }

  private Map<String, @Nullable Object> other(UbikState.Other other) {
    UbikSdebug seen = other.debug();
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("addresses", other.addresses());
    row.put("clone", other.isClone());
    row.put(
        "version", UbikState.pair(seen.remoteVersion().epoch(), seen.remoteVersion().counter()));
    row.put("last_vote_seconds_ago", state.since(seen.lastVoteTime()));
    row.put("last_beacon_seconds_ago", state.since(seen.lastBeaconSent()));
    row.put("last_vote", seen.lastVote() != 0);
    row.put("current", seen.currentDB() != 0);
    row.put("up", seen.up() != 0);
    row.put("beacon_since_down", seen.beaconSinceDown() != 0);
    return row;
  }
}
