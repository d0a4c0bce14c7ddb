// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.AckTrailer;
import io.rxrpc.engine.packet.ReceiveQueue;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;

/** Builds ACKs out of what has been received. */
final class AckOutput {
  private final ControlOutput control;
  private final AckTrailer trailer;
  private final AckTrailer unsecured;

  AckOutput(ControlOutput control, Tunables tunables, CallTuning tuning) {
    this.control = control;
    trailer = AckTrailer.of(tunables, tuning.rxWindow());
    unsecured = trailer.with(tuning.rxWindowUnsecured());
  }

  /** The trailer of ACKs to peers of whom nothing is kept, or who have not said who they are. */
  AckTrailer unsecured() {
    return unsecured;
  }

  /** The trailer of ACKs to peers that are known. */
  AckTrailer trailer() {
    return trailer;
  }

  /**
   * Builds an ACK of what a call has received.
   *
   * @param cid the connection id with the channel
   * @return its serial, or 0 if it was dropped
   */
  int ack(
      ConnectionHead c, int cid, int number, ReceiveQueue rx, int reason, int serial, int flags) {
    // nothing of a request is hard-acked before it is read: until then it may be answered BUSY and
    // come again, and its client may not be who it says it is
    boolean taken = c.isClient() || rx.consumed() != 0;
    int first = (taken ? rx.hardAcked() : rx.consumed()) + 1;
    rx.told();
    return control.ack(c, cid, number, first, rx.highest(), serial, reason, flags, trailer, rx);
  }

  /** Builds a PING of at least so many bytes; returns its serial, or 0 if it was dropped. */
  int ping(ConnectionHead c, int cid, int number, ReceiveQueue rx, int bytes) {
    int serial = ack(c, cid, number, rx, AckReason.PING, 0, Flags.REQUEST_ACK);
    if (serial != 0 && bytes > 0) {
      serial = control.pad(bytes) ? serial : 0;
    }
    return serial;
  }

  /** Builds the ACK of all of a reply: it ends with packet {@code last}. */
  void finalAck(ConnectionHead c, int cid, int number, int last, int reason, int serial) {
    control.ack(c, cid, number, last + 1, last, serial, reason, 0, trailer, null);
  }
}
