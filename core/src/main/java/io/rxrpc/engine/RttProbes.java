package io.rxrpc.engine;

/**
 * The last few packets whose answer measures the round trip: those that asked for an ACK. Each
 * gives one sample.
 */
final class RttProbes {
  private static final int SLOTS = 4;

  private final int[] serials = new int[SLOTS];
  private final int[] orders = new int[SLOTS];
  private final long[] sentAt = new long[SLOTS];
  private int next;
  private int order;

  /** A packet that asks for an ACK was sent, with that order number; serial 0 is none. */
  void add(int serial, int order, long now) {
    if (serial != 0) {
      serials[next] = serial;
      orders[next] = order;
      sentAt[next] = now;
      next = (next + 1) % SLOTS;
    }
  }

  /** The time since that serial was sent, or -1 if it is not known or was answered before. */
  long answered(int serial, long now) {
    for (int i = 0; i < SLOTS; i++) {
      if (serials[i] == serial && serial != 0) {
        serials[i] = 0;
        order = orders[i];
        return now - sentAt[i];
      }
    }
    return -1;
  }

  /** The order number of the packet that was answered last. */
  int order() {
    return order;
  }
}
