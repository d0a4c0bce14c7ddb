// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;

/** What an ACK says. One object serves for all: it is read anew for each. */
final class ReceivedAck {
  /** Why it was sent: one of {@link AckReason}. */
  int reason;

  /** Its own serial. */
  int serial;

  /** The serial of ours that it names; 0 for none. */
  int names;

  /** Everything up to here is hard-acked. */
  int hard;

  /** Packets behind that edge of which it says whether they have arrived. */
  int count;

  /** Whether it says that nothing at all has arrived. */
  boolean nothing;

  /** Whether it asks for an ACK. The answer to a PING does not, whatever its flags say. */
  boolean asks;

  void read(Arrival a) {
    reason = Ack.reason(a.memory(), a.at());
    serial = a.serial();
    names = Ack.serial(a.memory(), a.at());
    hard = Ack.firstPacket(a.memory(), a.at()) - 1;
    count = Ack.count(a.memory(), a.at());
    // otherwise previousPacket may be anything
    nothing = hard == 0 && Ack.previousPacket(a.memory(), a.at()) == 0 && count == 0;
    asks = a.asksForAck() && reason != AckReason.PING_RESPONSE;
  }

  boolean isPing() {
    return reason == AckReason.PING;
  }

  boolean answersPing() {
    return reason == AckReason.PING_RESPONSE;
  }

  /** Whether its time measures a round trip: it was not held back. */
  boolean isPrompt() {
    return reason != AckReason.DELAY && reason != AckReason.IDLE;
  }
}
