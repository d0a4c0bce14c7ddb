package io.rxrpc.engine;

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

  final Connection connection;
  final int index;

  /** The call on it now. */
  @Nullable Call call;

  /** The highest call number used or seen. */
  int callNumber;

  Last last = Last.NONE;
  int lastNumber;
  int lastSeq;
  int lastAbort;

  /** Client: when the delayed final ACK goes out. */
  long finalAckAt = Long.MAX_VALUE;

  Channel(Connection connection, int index) {
    this.connection = connection;
    this.index = index;
  }

  /** The connection id with this channel's bits. */
  int cid() {
    return connection.cid | index;
  }

  /** Remembers a complete call whose received phase ended at {@code seq}. */
  void endedWell(int seq) {
    call = null;
    last = Last.ACK;
    lastNumber = callNumber;
    lastSeq = seq;
  }

  /** The server took back its last call: a call with that number may begin again. */
  void forgetLast() {
    callNumber--;
    last = Last.NONE;
  }

  /** Remembers an aborted call. */
  void endedBadly(int code) {
    call = null;
    last = Last.ABORT;
    lastAbort = code;
  }
}
