// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.engine.Call;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.SecurityRefusal;
import org.jspecify.annotations.Nullable;

/**
 * What does not change once a call has its connection: it is asked for without the lock.
 *
 * @param epoch of the connection
 * @param level the protection in force, null for none
 * @param identity who the peer is, null if that was not verified
 * @param notPermitted the class's abort code for {@link SecurityRefusal#NOT_PERMITTED}
 * @param levelTooLow the class's abort code for {@link SecurityRefusal#LEVEL_TOO_LOW}
 */
record CallLink(
    int epoch,
    @Nullable SecurityLevel level,
    @Nullable PeerIdentity identity,
    int notPermitted,
    int levelTooLow) {

  /** Null while the call waits for a connection. */
  static @Nullable CallLink of(Call call) {
    return call.cid() == 0
        ? null
        : new CallLink(
            call.epoch(),
            call.level(),
            call.identity(),
            call.abortCode(SecurityRefusal.NOT_PERMITTED),
            call.abortCode(SecurityRefusal.LEVEL_TOO_LOW));
  }

  int abortCode(SecurityRefusal why) {
    return switch (why) {
      case NOT_PERMITTED -> notPermitted;
      case LEVEL_TOO_LOW -> levelTooLow;
    };
  }
}
