// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.stats;

import io.rxrpc.afs.form.Inet4;
import io.rxrpc.xdr.Ints;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The counters of one procedure.
 *
 * @param peer whose calls these are; null for all peers together
 * @param isPeerServer whether the calls were made, not served
 * @param interfaceNumber of the service: 7 of the file service, 15 of the location service
 * @param procedures how many the interface has
 * @param procedure which one, from 0 in the order of the description
 * @param calls how many
 * @param octetsSent what had left when the procedure was done
 * @param octetsReceived what had come
 * @param queued the times that calls waited for a thread
 * @param executed the times that they took
 */
public record CallRecord(
    @Nullable InetSocketAddress peer,
    boolean isPeerServer,
    int interfaceNumber,
    int procedures,
    int procedure,
    long calls,
    long octetsSent,
    long octetsReceived,
    Spread queued,
    Spread executed) {
  /** Words of a record. */
  static final int WORDS = 28;

  private static final int EVERYBODY = 0xffff_ffff;
  private static final int QUEUED = 12;
  private static final int EXECUTED = 20;

  /**
   * How long calls took. Without any call the least is 9999999 seconds, as servers have it.
   *
   * @param sum of all times
   * @param sumOfSquares of all times, in seconds squared
   * @param least the shortest time
   * @param most the longest time
   */
  public record Spread(Duration sum, double sumOfSquares, Duration least, Duration most) {
    static Spread of(Ints words, int at) {
      return new Spread(
          time(words, at),
          words.get(at + 2) + words.get(at + 3) / 1e6,
          time(words, at + 4),
          time(words, at + 6));
    }

    private static Duration time(Ints words, int at) {
      return Duration.ofSeconds(words.get(at)).plusNanos(words.get(at + 1) * 1000L);
    }
  }

  /** From the words of a record; little-endian servers send address and port in reverse. */
  static CallRecord of(Ints words, int at) {
    int[] all = new int[WORDS];
    for (int i = 0; i < WORDS; i++) {
      all[i] = words.get(at + i);
    }
    Ints w = Ints.of(all);
    int host = w.get(0);
    int port = Short.toUnsignedInt(Short.reverseBytes((short) w.get(1)));
    return new CallRecord(
        host == EVERYBODY ? null : new InetSocketAddress(Inet4.ofReversed(host), port),
        w.get(2) != 0,
        w.get(3),
        w.get(4),
        w.get(5),
        wide(w, 6),
        wide(w, 8),
        wide(w, 10),
        Spread.of(w, QUEUED),
        Spread.of(w, EXECUTED));
  }

  private static long wide(Ints words, int at) {
    return (long) words.get(at) << Integer.SIZE | Integer.toUnsignedLong(words.get(at + 1));
  }
}
