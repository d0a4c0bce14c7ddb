// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;

/**
 * The tunables that several rooms share, read once for an endpoint; what one policy needs alone it
 * reads itself. Times in nanoseconds.
 *
 * @param rxWindow packets of a call that may be here unread
 * @param rxWindowUnsecured the same while its connection is not secured
 * @param txWindow packets of a call that may be on their way
 * @param keepalive after so much silence a peer is asked for a sign of life
 * @param deadTime after so much silence it is given up
 * @param probeInterval between questions to the peer of a connection kept alive
 * @param probeLimit silences after which that connection is given up
 */
record CallTuning(
    int rxWindow,
    int rxWindowUnsecured,
    int txWindow,
    long keepalive,
    long deadTime,
    long probeInterval,
    int probeLimit) {

  static CallTuning of(Tunables t) {
    int window = t.getInt(Tunable.RX_WINDOW);
    return new CallTuning(
        window,
        Math.min(window, t.getInt(Tunable.RX_WINDOW_UNSECURED)),
        t.getInt(Tunable.TX_WINDOW),
        t.get(Tunable.KEEPALIVE),
        t.get(Tunable.DEAD_TIME),
        t.get(Tunable.PROBE_INTERVAL),
        t.getInt(Tunable.PROBE_SILENCES));
  }
}
