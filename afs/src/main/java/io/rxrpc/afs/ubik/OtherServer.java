// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.ubik;

import io.rxrpc.afs.form.Inet4;
import io.rxrpc.afs.form.Times;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a database server knows of another one; only the sync site's words are fresh.
 *
 * @param address the other one
 * @param furtherAddresses its other addresses
 * @param lastVote when it last voted; null if never
 * @param votedYes whether it voted yes
 * @param lastBeacon when it was last asked for a vote; null if never
 * @param version version of its database
 * @param isCurrent whether its database is the newest
 * @param isUp whether it answers
 * @param beaconSinceDown whether it has been asked since it did not answer
 * @param isClone whether it can never be sync site; false where the server cannot tell
 */
public record OtherServer(
    InetAddress address,
    List<InetAddress> furtherAddresses,
    @Nullable Instant lastVote,
    boolean votedYes,
    @Nullable Instant lastBeacon,
    UbikVersion version,
    boolean isCurrent,
    boolean isUp,
    boolean beaconSinceDown,
    boolean isClone) {
  /** Keeps a copy. */
  public OtherServer {
    furtherAddresses = List.copyOf(furtherAddresses);
  }

  static OtherServer of(UbikSdebug d, boolean isClone) {
    return new OtherServer(
        Inet4.of(d.addr()),
        d.altAddr().stream().filter(a -> a != 0).mapToObj(Inet4::of).toList(),
        Times.orNull(d.lastVoteTime()),
        d.lastVote() != 0,
        Times.orNull(d.lastBeaconSent()),
        d.remoteVersion(),
        d.currentDB() != 0,
        d.up() != 0,
        d.beaconSinceDown() != 0,
        isClone);
  }
}
