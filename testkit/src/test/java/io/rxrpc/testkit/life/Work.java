// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.life;

import io.rxrpc.testkit.Pace;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One call's content: the request says what the server must do, so that both ends know every byte.
 *
 * @param id unique in a life
 * @param requestSize bytes, at least {@link #HEAD}
 * @param replySize bytes
 * @param think nanoseconds the server works
 */
record Work(long id, Kind kind, int requestSize, int replySize, long think, int abortCode) {
  /** What the server does. */
  enum Kind {
    /** Reads everything, then replies. */
    NORMAL,
    /** Aborts after the whole request. */
    ABORT,
    /** Aborts when it has seen the head. */
    ABORT_EARLY,
    /** Replies when it has seen the head: clients may take that or abort. */
    REPLY_EARLY,
    /** The client aborts at some time. */
    CLIENT_ABORTS
  }

  static final int HEAD = 32;

  byte[] request() {
    byte[] bytes = pattern(id, requestSize);
    ByteBuffer.wrap(bytes)
        .putLong(id)
        .putInt(kind.ordinal())
        .putInt(requestSize)
        .putInt(replySize)
        .putLong(think)
        .putInt(abortCode);
    return bytes;
  }

  byte[] reply() {
    return pattern(~id, replySize);
  }

  static Work parse(byte[] head) {
    ByteBuffer b = ByteBuffer.wrap(head);
    return new Work(
        b.getLong(), Kind.values()[b.getInt()], b.getInt(), b.getInt(), b.getLong(), b.getInt());
  }

  private static byte[] pattern(long seed, int size) {
    byte[] bytes = new byte[size];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  /** A random pace that never lets a request pause for long. */
  static Pace pace(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0, 1 -> Pace.FAST;
      case 2 ->
          new Pace(
              1 + random.nextInt(5000),
              random.nextInt(3) * 1_000_000L,
              1 + random.nextInt(5000),
              random.nextInt(3) * 1_000_000L);
      default -> new Pace(65_536, 0, 1412 * (1 + random.nextInt(12)), random.nextInt(20_000_000));
    };
  }
}
