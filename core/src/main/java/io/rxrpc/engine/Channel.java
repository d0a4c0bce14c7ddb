// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.wire.Sequence;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One of the four channels of a connection: the call on it, and what must be remembered of the last
 * one so that its end can be repeated.
 */
final class Channel {
  /** How the last call ended. */
  enum Last {
    /** There was no call, or its end is not to be repeated. */
    NONE,
    /** The call was complete: a repeated packet gets the final ACK again. */
    ACK,
    /** The call failed: a repeated packet gets the ABORT again. */
    ABORT
  }

  private static final VarHandle SETTLED;

  static {
    try {
      SETTLED = MethodHandles.lookup().findVarHandle(Channel.class, "settled", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final Connection connection;
  final int index;

  /** The call on it now. */
  @Nullable Call call;

  /** The highest call number used or seen. */
  int callNumber;

  /**
   * Up to where the calls of this channel have been hard-acked: the call number, and below it the
   * sequence number. Written under the lock; whoever seals for another channel reads it without.
   */
  @SuppressWarnings("UnusedVariable") // by the handle
  private long settled;

  Last last = Last.NONE;
  int lastNumber;

  /** Of the last call: where its received phase ended, or the code with which it failed. */
  private int lastDetail;

  /** Client: when the delayed final ACK goes out. */
  long finalAckAt = Long.MAX_VALUE;

  Channel(Connection connection, int index) {
    this.connection = connection;
    this.index = index;
  }

  private void leave() {
    call = null;
    settled(callNumber + 1, 0);
  }

  /** An ACK of a call was read. */
  static void acked(Call call) {
    Channel ch = call.channel;
    if (ch != null && ch.call == call) {
      ch.settled(call.number(), call.gear.tx.hardAcked());
    }
  }

  /** The call's packets up to one are hard-acked. */
  void settled(int call, int seq) {
    SETTLED.setRelease(this, (long) call << 32 | (seq & 0xffffffffL));
  }

  /** Whether a packet that was sealed for this channel may still go out again. */
  boolean mayBeRepeated(int call, int seq) {
    long s = (long) SETTLED.getAcquire(this);
    int reached = (int) (s >>> 32);
    return call == reached ? Sequence.after(seq, (int) s) : Sequence.after(call, reached);
  }

  /** The connection id with this channel's bits. */
  int cid() {
    return connection.cid | index;
  }

  /** Remembers a complete call whose received phase ended at {@code seq}. */
  void endedWell(int seq) {
    leave();
    last = Last.ACK;
    lastNumber = callNumber;
    lastDetail = seq;
  }

  /** The server took back its last call: a call with that number may begin again. */
  void forgetLast() {
    callNumber--;
    last = Last.NONE;
    settled(callNumber + 1, 0); // its number will be that of another call
  }

  /** Remembers an aborted call. */
  void endedBadly(int code) {
    leave();
    last = Last.ABORT;
    lastDetail = code;
  }

  /** Where the received phase of the last call ended, which is {@link Last#ACK}. */
  int lastSeq() {
    return lastDetail;
  }

  /** The code with which the last call failed, which is {@link Last#ABORT}. */
  int lastAbort() {
    return lastDetail;
  }
}
