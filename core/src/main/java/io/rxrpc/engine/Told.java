package io.rxrpc.engine;

import io.rxrpc.wire.Sequence;

/**
 * What the peer had told of a call by which of our packets, so that it shows when the peer has
 * forgotten the call: it was started again, or our packets reach it from another address now
 * (calls.md section 11). Serials are our connection's; 0 is none.
 */
final class Told {
  private final Call call;

  /** The last serial when the hard-ack edge had first advanced. */
  private int firstEdge;

  /** The same when it had advanced last. */
  private int lastEdge;

  /** The same when the first packet had been acked in any way. */
  private int firstAcked;

  /** The same when the last ACK was taken. */
  private int lastTaken;

  /**
   * The peer has acked all at once without a word on where it stands: its later ACKs may tell less
   * (OpenAFS 1.5.78 to 1.6.0pre6), and say nothing about what it has forgotten.
   */
  private boolean ackedAll;

  /** The server said, asking, that it had nothing, and everything was sent again. */
  private boolean begunAgain;

  /** Client: the life of the server whose data the call has got. */
  private int life;

  Told(Call call) {
    this.call = call;
  }

  /** It has hard-acked more. */
  void edgeMoved() {
    lastEdge = lastSerial();
    firstEdge = firstEdge == 0 ? lastEdge : firstEdge;
    acked();
  }

  /** It has acked all that was sent. */
  void ackedAll() {
    ackedAll = true;
  }

  /** It has acked something. */
  void acked() {
    firstAcked = firstAcked == 0 ? lastSerial() : firstAcked;
  }

  /** An ACK was taken for the latest. */
  void taken() {
    lastTaken = lastSerial();
  }

  /** Whether an ACK names a packet that was sent after the latest ACK had come. */
  boolean answersSince(int acked) {
    return acked != 0 && lastTaken != 0 && Sequence.after(acked, lastTaken);
  }

  /**
   * Whether an ACK tells less than the peer had told before the packet was sent that it names.
   *
   * @param hard what it hard-acks
   * @param nothing whether it says that nothing at all has arrived
   * @param acked the serial it names
   */
  boolean forgotten(int hard, boolean nothing, int acked) {
    if (acked == 0 || ackedAll) {
      return false;
    }
    if (Sequence.before(hard, call.tx.hardAcked())) {
      int since = hard == 0 ? firstEdge : lastEdge;
      return since != 0 && Sequence.after(acked, since);
    }
    // soft ACKs may be withdrawn, but not the knowledge that there has been a call
    return nothing && call.isClient() && firstAcked != 0 && Sequence.after(acked, firstAcked);
  }

  /** The server asks and has nothing; whether all of the request should go again, once. */
  boolean beginsAgain() {
    boolean again = firstAcked == 0 && !begunAgain;
    begunAgain = true;
    return again;
  }

  /** Whether reply data that bears this serial comes from another server than what there is. */
  boolean fromAnotherLife(int serial) {
    Channel ch = call.channel;
    if (ch == null || !(ch.connection instanceof ClientConnection c)) {
      return false;
    }
    c.serials.data(serial);
    if (call.rx.highest() == 0) {
      life = c.serials.life();
    }
    return life != c.serials.life();
  }

  private int lastSerial() {
    Channel ch = call.channel;
    return ch == null ? 0 : ch.connection.lastSerial();
  }
}
