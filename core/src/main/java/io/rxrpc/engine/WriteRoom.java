package io.rxrpc.engine;

/** How much a call's writer may have ready, and what it waits for when that is nothing. */
final class WriteRoom {
  private final Call call;
  private boolean wanted;

  WriteRoom(Call call) {
    this.call = call;
  }

  /** Packets that may be queued now; 0 while there is no channel or after the phase. */
  int packets() {
    boolean may =
        switch (call.state()) {
          case CLIENT_SEND_REQUEST, SERVER_RECV_REQUEST, SERVER_ACK_REQUEST, SERVER_SEND_REPLY ->
              true;
          case CLIENT_AWAIT_CONN,
              CLIENT_AWAIT_REPLY,
              CLIENT_RECV_REPLY,
              SERVER_SECURING,
              SERVER_AWAIT_ACK,
              COMPLETE ->
              false;
        };
    TransmitQueue tx = call.tx;
    return may ? Math.min(tx.room(), queue() - (tx.top() - tx.hardAcked())) : 0;
  }

  private int queue() {
    return call.isClient() ? TransmitQueue.CAPACITY : call.peer.reach.queue();
  }

  /** A writer found no room: {@link Call#WRITABLE} is posted when there is again. */
  void want(long now) {
    wanted = true;
    askProof(now);
  }

  /** A writer found no memory: {@link Call#WRITABLE} is posted when there may be again. */
  void wantMemory() {
    wanted = true;
  }

  /** A reply waits for memory that only who is proven gets: the answer to a PING proves it. */
  void askProof(long now) {
    if (wanted && queue() == 0 && call.peer.reach.mayRepeat(now)) {
      call.ping(now);
    }
  }

  /** Packets were acked. Writers go on when half of the queue is free: one wake-up for many. */
  void freed() {
    if (wanted && packets() > 0 && packets() >= queue() / 2) {
      goOn();
    }
  }

  /** Memory has become free: writers that wait may try again. */
  void memoryFreed() {
    if (wanted) {
      goOn();
    }
  }

  private void goOn() {
    wanted = false;
    call.post(Call.WRITABLE);
  }
}
