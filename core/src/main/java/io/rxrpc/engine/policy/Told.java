// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

import io.rxrpc.wire.Sequence;

/**
 * What the peer had told of a call by which of our packets, so that it shows when the peer has
 * forgotten the call: it was started again, or our packets reach it from another address now
 * (calls.md section 11). Serials are our connection's; 0 is none.
 */
public final class Told {
  private boolean client;

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

  public Told(boolean client) {
    this.client = client;
  }

  /** Begins anew, for another call. */
  public void again(boolean ofClient) {
    client = ofClient;
    firstEdge = 0;
    lastEdge = 0;
    firstAcked = 0;
    lastTaken = 0;
    ackedAll = false;
    begunAgain = false;
    life = 0;
  }

  /** It has hard-acked more, when this was our last serial. */
  public void edgeMoved(int lastSerial) {
    lastEdge = lastSerial;
    firstEdge = firstEdge == 0 ? lastEdge : firstEdge;
    acked(lastSerial);
  }

  /** It has acked all that was sent. */
  public void ackedAll() {
    ackedAll = true;
  }

  /** It has acked something, when this was our last serial. */
  public void acked(int lastSerial) {
    firstAcked = firstAcked == 0 ? lastSerial : firstAcked;
  }

  /** An ACK was taken for the latest, when this was our last serial. */
  public void taken(int lastSerial) {
    lastTaken = lastSerial;
  }

  /** Whether an ACK names a packet that was sent after the latest ACK had come. */
  public boolean answersSince(int acked) {
    return acked != 0 && lastTaken != 0 && Sequence.after(acked, lastTaken);
  }

  /**
   * Whether an ACK tells less than the peer had told before the packet was sent that it names.
   *
   * @param hard what it hard-acks
   * @param edge what was hard-acked before
   * @param nothing whether it says that nothing at all has arrived
   * @param acked the serial it names
   */
  public boolean forgotten(int hard, int edge, boolean nothing, int acked) {
    if (acked == 0 || ackedAll) {
      return false;
    }
    if (Sequence.before(hard, edge)) {
      int since = hard == 0 ? firstEdge : lastEdge;
      return since != 0 && Sequence.after(acked, since);
    }
    // soft ACKs may be withdrawn, but not the knowledge that there has been a call
    return nothing && client && firstAcked != 0 && Sequence.after(acked, firstAcked);
  }

  /** The server asks and has nothing; whether all of the request should go again, once. */
  public boolean beginsAgain() {
    boolean again = firstAcked == 0 && !begunAgain;
    begunAgain = true;
    return again;
  }

  /**
   * Whether reply data comes from another server than what there is.
   *
   * @param life which life of the server its serial shows
   * @param first whether nothing of the reply was here
   */
  public boolean fromAnotherLife(int life, boolean first) {
    if (first) {
      this.life = life;
    }
    return this.life != life;
  }
}
