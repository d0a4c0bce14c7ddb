package io.rxrpc.engine;

/**
 * A hole in what a call has received. A sender of Linux repeats what is missing only when it is
 * told of the hole again, by an ACK that names something it sent after the repetition: so it is
 * asked for a packet when none comes, and each that comes is answered.
 */
final class HoleWatch {
  /**
   * Questions after which the pauses between them grow: they are small, and the hole costs time.
   */
  private static final int PATIENT_AFTER = 8;

  private final Call call;

  /** Questions since the hole was smaller last. */
  private int asked;

  private long askAt = Long.MAX_VALUE;

  HoleWatch(Call call) {
    this.call = call;
  }

  boolean open() {
    ReceiveQueue rx = call.rx;
    return rx.highest() != rx.inOrder();
  }

  /** Data came. */
  void arrived(boolean closed, long now) {
    if (closed) {
      asked = 0;
    }
    askAt = open() ? now + pause() : Long.MAX_VALUE;
  }

  private long pause() {
    long keepalive = call.endpoint.keepalive;
    return Math.min(call.peer.rtt.timeout(Math.max(0, asked - PATIENT_AFTER)), keepalive);
  }

  long askAt() {
    return askAt;
  }

  /** No data came for a while: the answer to a PING will be told of the hole. */
  void expire(long now) {
    if (askAt > now) {
      return;
    }
    if (!open()) {
      askAt = Long.MAX_VALUE;
      return;
    }
    asked++;
    askAt = now + pause();
    if (call.isClient() || call.peer.reach.mayRepeat(now)) {
      call.ping(now);
    }
  }
}
