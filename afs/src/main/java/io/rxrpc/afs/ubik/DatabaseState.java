// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.ubik;

import io.rxrpc.afs.form.Inet4;
import io.rxrpc.afs.form.Times;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a database server is.
 *
 * @param now its clock
 * @param isSyncSite whether it believes to be the sync site
 * @param syncSiteUntil until when; null if it does not, or for ever as the only server
 * @param syncSite the sync site that it last heard of; null if of none
 * @param syncSiteHeard when; null if never
 * @param version version of its database: equal at all servers when all is well
 * @param lastYes when it last voted yes; null if never
 * @param lastYesHost whom it voted for; null if for nobody
 * @param servers how many servers take part
 * @param recoveryState bits: 1 sync site, 2 found the best database, 4 has it, 8 labelled it, 0x10
 *     sent it to all; 0x1f at a sync site that is well
 * @param isWriting whether a transaction that writes is under way
 * @param isClone whether it can never be sync site; false where the server cannot tell
 * @param addresses its further addresses
 */
public record DatabaseState(
    Instant now,
    boolean isSyncSite,
    @Nullable Instant syncSiteUntil,
    @Nullable InetAddress syncSite,
    @Nullable Instant syncSiteHeard,
    UbikVersion version,
    @Nullable Instant lastYes,
    @Nullable InetAddress lastYesHost,
    int servers,
    int recoveryState,
    boolean isWriting,
    boolean isClone,
    List<InetAddress> addresses) {
  /** What a healthy sync site has reached. */
  public static final int RECOVERED = 0x1f;

  private static final int NOBODY = 0xffff_ffff;

  /** Keeps a copy. */
  public DatabaseState {
    addresses = List.copyOf(addresses);
  }

  static DatabaseState of(UbikDebug d, boolean isClone) {
    boolean sync = d.amSyncSite() != 0;
    boolean limited = sync && d.syncSiteUntil() != Integer.MAX_VALUE;
    return new DatabaseState(
        Times.of(d.now()),
        sync,
        limited ? Times.of(d.syncSiteUntil()) : null,
        host(d.syncHost()),
        Times.orNull(d.syncTime()),
        d.localVersion(),
        Times.orNull(d.lastYesTime()),
        host(d.lastYesHost()),
        d.nServers(),
        d.recoveryState(),
        d.activeWrite() != 0,
        isClone,
        d.interfaceAddr().stream().filter(a -> a != 0).mapToObj(Inet4::of).toList());
  }

  private static @Nullable InetAddress host(int number) {
    return number == 0 || number == NOBODY ? null : Inet4.of(number);
  }

  /** {@return whether it is the sync site and everybody has its database} */
  public boolean isHealthySyncSite() {
    return isSyncSite && recoveryState == RECOVERED;
  }
}
