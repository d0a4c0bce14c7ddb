// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

/**
 * Why an ACK was sent (wire.md 5). A value outside the table is an ACK without special meaning, not
 * an error.
 */
public final class AckReason {
  /** The DATA had REQUEST_ACK. */
  public static final int REQUESTED = 1;

  /** The DATA had been received before. */
  public static final int DUPLICATE = 2;

  /** The DATA left a hole. */
  public static final int OUT_OF_SEQUENCE = 3;

  /** The DATA was beyond the receive window and was dropped. */
  public static final int EXCEEDS_WINDOW = 4;

  /** No buffers; the DATA was dropped. */
  public static final int NOSPACE = 5;

  /** Keepalive, RTT or MTU probe; carries REQUEST_ACK. */
  public static final int PING = 6;

  /** The answer to a PING, with the ping's serial. */
  public static final int PING_RESPONSE = 7;

  /** The delayed-ACK timer; OpenAFS also for hard ACKs after consumption. */
  public static final int DELAY = 8;

  /** Everything received has been consumed. */
  public static final int IDLE = 9;

  private AckReason() {}

  /** The name as above; {@code "REASON-12"} for a value without one. */
  public static String name(int reason) {
    return switch (reason) {
      case REQUESTED -> "REQUESTED";
      case DUPLICATE -> "DUPLICATE";
      case OUT_OF_SEQUENCE -> "OUT_OF_SEQUENCE";
      case EXCEEDS_WINDOW -> "EXCEEDS_WINDOW";
      case NOSPACE -> "NOSPACE";
      case PING -> "PING";
      case PING_RESPONSE -> "PING_RESPONSE";
      case DELAY -> "DELAY";
      case IDLE -> "IDLE";
      default -> "REASON-" + reason;
    };
  }
}
