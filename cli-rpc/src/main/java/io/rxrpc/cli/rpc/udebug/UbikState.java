// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.udebug;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.afs.ubik.UbikDebug;
import io.rxrpc.afs.ubik.UbikSdebug;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server of a database has told.
 *
 * @param server who was asked
 * @param asked when, by the clock of this machine
 * @param debug its own state
 * @param isClone whether it is one that never becomes sync site; null where it is too old to say
 * @param others what it knows of the others, empty where it was not asked for
 */
record UbikState(
    RxrpcAddress server,
    Instant asked,
    UbikDebug debug,
    @Nullable Boolean isClone,
    List<Other> others) {
  /** A server that is sync site for ever has no other that it needs: its word ends then. */
  private static final int FOREVER = Integer.MAX_VALUE;

  /** Beyond that a difference of clocks is a worry: the servers themselves allow as much. */
  private static final long CLOCKS_DIFFER = 10;

  /** The states that recovery goes through at a sync site, by their bits. */
  private static final List<String> RECOVERY =
      List.of("sync_site", "found_best", "has_best", "labelled", "sent_to_all");

  UbikState {
    others = List.copyOf(others);
  }

  /**
   * Another server, as this one knows it.
   *
   * @param isClone whether it never becomes sync site; null where nobody said
   */
  record Other(UbikSdebug debug, @Nullable Boolean isClone) {
    /** Its addresses, the first one that it votes by. */
    List<String> addresses() {
      List<String> addresses = new ArrayList<>();
      addresses.add(address(debug.addr()));
      for (int i = 0; i < debug.altAddr().size(); i++) {
        if (debug.altAddr().get(i) != 0) {
          addresses.add(address(debug.altAddr().get(i)));
        }
      }
      return addresses;
    }
  }

  /** Its addresses, as it tells them. */
  List<String> addresses() {
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < debug.interfaceAddr().size(); i++) {
      if (debug.interfaceAddr().get(i) != 0) {
        addresses.add(address(debug.interfaceAddr().get(i)));
      }
    }
    return addresses;
  }

  /** How far its clock is in front of this machine's, in seconds. */
  long ahead() {
    return Integer.toUnsignedLong(debug.now()) - asked.getEpochSecond();
  }

  /** Whether its clock, or this machine's, may be wrong. */
  boolean clocksDiffer() {
    return Math.abs(ahead()) > CLOCKS_DIFFER;
  }

  boolean isSyncSite() {
    return debug.amSyncSite() != 0;
  }

  /** Whether it is the only server. */
  boolean isSyncSiteForever() {
    return isSyncSite() && debug.syncSiteUntil() == FOREVER;
  }

  /** Whom it last voted for: a lone server keeps no record of its votes, and votes for itself. */
  int lastYesHost() {
    return isSyncSiteForever() ? debug.interfaceAddr().get(0) : debug.lastYesHost();
  }

  /** When it last voted yes. */
  int lastYesTime() {
    return isSyncSiteForever() ? debug.now() : debug.lastYesTime();
  }

  /** When the election began that it last voted yes in. */
  int lastYesClaim() {
    return isSyncSiteForever() ? debug.now() : debug.lastYesClaim();
  }

  /** Whether the one that it voted for is the sync site. */
  boolean lastYesForSyncSite() {
    return isSyncSiteForever() || debug.lastYesState() != 0;
  }

  /** The version of the database here. */
  String localVersion() {
    return pair(debug.localVersion().epoch(), debug.localVersion().counter());
  }

  /** The version at the sync site, which a lone server is itself; 0.0 where it is not known. */
  String syncVersion() {
    return isSyncSiteForever()
        ? localVersion()
        : pair(debug.syncVersion().epoch(), debug.syncVersion().counter());
  }

  /** The last transaction, or the one under way: the sync site numbers them itself. */
  String transaction() {
    return isSyncSite()
        ? pair(debug.epochTime(), debug.tidCounter())
        : pair(debug.syncTid().epoch(), debug.syncTid().counter());
  }

  /** How long it stays sync site without further votes, in seconds; negative when that is over. */
  long syncSiteFor() {
    return Integer.toUnsignedLong(debug.syncSiteUntil()) - Integer.toUnsignedLong(debug.now());
  }

  /** Seconds since a time of that server, by its own clock; null for what never was. */
  @Nullable Long since(int time) {
    return time == 0 ? null : Integer.toUnsignedLong(debug.now()) - Integer.toUnsignedLong(time);
  }

  /** What recovery has come to, in the order that it goes. */
  List<String> recovery() {
    List<String> reached = new ArrayList<>();
    for (int i = 0; i < RECOVERY.size(); i++) {
      if ((debug.recoveryState() & 1 << i) != 0) {
        reached.add(RECOVERY.get(i));
      }
    }
    return reached;
  }

  /** Whether a host was told: lone servers tell of none by all bits. */
  static boolean isHost(int host) {
    return host != 0 && host != -1;
  }

  /** An IPv4 address that came as a number. */
  static String address(int host) {
    return (host >>> 24)
        + "."
        + (host >>> 16 & 0xff)
        + "."
        + (host >>> 8 & 0xff)
        + "."
        + (host & 0xff);
  }

  /** A version or transaction: {@code 940902602.674}. */
  static String pair(int epoch, int counter) {
    return Integer.toUnsignedString(epoch) + "." + counter;
  }

  /** A time of a server. */
  static Instant time(int seconds) {
    return Instant.ofEpochSecond(Integer.toUnsignedLong(seconds));
  }
}
