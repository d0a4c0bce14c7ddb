// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.udebug;

import io.rxrpc.afs.ubik.UbikDebug;
import io.rxrpc.afs.ubik.UbikSdebug;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The state of a database's server for people. */
final class UbikLines {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  private final UbikState state;
  private final UbikDebug debug;
  private final List<String> lines = new ArrayList<>();

  private UbikLines(UbikState state) {
    this.state = state;
    this.debug = state.debug();
  }

  /** A line for each thing worth knowing, then three for each of the other servers. */
  static List<String> of(UbikState state) {
    UbikLines lines = new UbikLines(state);
    lines.own();
    state.others().forEach(lines::other);
    return lines.lines;
  }

  private void own() {
    String addresses = String.join(", ", state.addresses());
    lines.add(state.server() + (addresses.isEmpty() ? "" : ", addresses " + addresses));
    row("clock", clock());
    row("role", role());
    row(
        "sync site",
        state.isSyncSiteForever()
            ? "this server"
            : heard(debug.syncHost(), debug.syncTime(), "none heard of"));
    row("lowest host", heard(debug.lowestHost(), debug.lowestTime(), "none heard of"));
    row("last vote", vote());
    row("database", versions());
    if (state.isSyncSite()) {
      row(
          "recovery",
          Integer.toHexString(debug.recoveryState())
              + ": "
              + String.join(", ", state.recovery()).replace('_', ' '));
    }
    row("locks", locks());
    row("transactions", transactions());
    if (debug.epochTime() != 0 && state.isSyncSite()) {
      row("labelled", ago(debug.epochTime()));
    }
  }

  private String clock() {
    long ahead = state.ahead();
    String difference =
        ahead == 0
            ? "as here"
            : Math.abs(ahead) + " s " + (ahead > 0 ? "ahead of" : "behind") + " this machine's";
    return TIME.format(UbikState.time(debug.now()))
        + ", "
        + difference
        + (state.clocksDiffer() ? ": one of them may be wrong" : "");
  }

  private String role() {
    String servers = " of " + debug.nServers() + (debug.nServers() == 1 ? " server" : " servers");
    if (state.isSyncSiteForever()) {
      return "sync site for ever," + servers;
    }
    if (state.isSyncSite()) {
      return "sync site for " + state.syncSiteFor() + " s without another vote," + servers;
    }
    return Boolean.TRUE.equals(state.isClone())
        ? "a clone, which never becomes sync site"
        : "not the sync site";
  }

  private String heard(int host, int time, String otherwise) {
    if (!UbikState.isHost(host)) {
      return otherwise;
    }
    return UbikState.address(host) + ", heard of " + ago(time);
  }

  private String vote() {
    if (!UbikState.isHost(state.lastYesHost())) {
      return "not cast yet";
    }
    return "yes for "
        + UbikState.address(state.lastYesHost())
        + (state.lastYesForSyncSite() ? ", the sync site, " : ", not the sync site, ")
        + secondsAgo(state.lastYesTime())
        + "; the election began "
        + secondsAgo(state.lastYesClaim());
  }

  private String versions() {
    String there = state.syncVersion().equals("0.0") ? "unknown" : state.syncVersion();
    return "version " + state.localVersion() + " here, " + there + " at the sync site";
  }

  private String locks() {
    return debug.lockedPages()
        + " pages, "
        + debug.writeLockedPages()
        + " of them for writing"
        + (debug.anyReadLocks() != 0 ? "; there are read locks" : "")
        + (debug.anyWriteLocks() != 0 ? "; there are write locks" : "");
  }

  private String transactions() {
    List<String> said = new ArrayList<>();
    if (debug.currentTrans() != 0) {
      said.add(debug.writeTrans() != 0 ? "one that writes" : "at least one that reads");
    }
    if (debug.activeWrite() != 0) {
      said.add("the database is being written");
    }
    said.add((said.isEmpty() ? "none; " : "") + "the last was " + state.transaction());
    return String.join("; ", said);
  }

  private void other(UbikState.Other other) {
    UbikSdebug seen = other.debug();
    lines.add("");
    lines.add(
        String.join(", ", other.addresses())
            + (Boolean.TRUE.equals(other.isClone()) ? ", a clone" : ""));
    row(
        "database",
        "version "
            + UbikState.pair(seen.remoteVersion().epoch(), seen.remoteVersion().counter())
            + (seen.currentDB() != 0 ? ", current" : ", not current"));
    row(
        "last vote",
        (seen.lastVote() != 0 ? "yes, " : "no, ")
            + secondsAgo(seen.lastVoteTime())
            + "; last beacon "
            + secondsAgo(seen.lastBeaconSent()));
    row(
        "state",
        (seen.up() != 0 ? "up" : "down")
            + (seen.beaconSinceDown() != 0 ? ", answered since" : ", has not answered since"));
  }

  private void row(String name, String text) {
    lines.add(String.format(Locale.ROOT, "  %-13s %s", name, text));
  }

  private String secondsAgo(int time) {
    Long since = state.since(time);
    return since == null ? "never" : since + " s ago";
  }

  private String ago(int time) {
    Long since = state.since(time);
    if (since == null) {
      return "never";
    }
    Instant here = state.asked().minusSeconds(since); // by this machine's clock, as udebug has it
    return since + " s ago (" + TIME.format(here) + ")";
  }
}
