package io.rxrpc.engine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How large a datagram may be on the way to a peer (RFC 8899 in the manner of Rx): begins with what
 * nearly every path carries, falls back when large packets vanish or a router complains, and climbs
 * by padded PINGs, whose loss costs nothing. Sizes are bytes of UDP payload.
 */
final class MtuSearch {
  /** Every path carries it: OpenAFS's least MTU. Nobody can talk us below it. */
  static final int BASE = 520;

  /** OpenAFS's largest. */
  static final int MAX = 16_384;

  private static final long NEVER = Long.MAX_VALUE;

  /** The search ends when it knows the size to so many bytes. */
  private static final int CLOSE = 16;

  /** Probes of one size that must be lost before it is too large. */
  private static final int TRIES = 3;

  /** When larger packets are tried again on a path that did not carry them (RFC 8899 §5.1.1). */
  private static final long RAISE = 600_000_000_000L;

  /** The same where only an ICMP message says so, which anybody can forge. */
  private static final long RAISE_HINT = 60_000_000_000L;

  private final int wanted;
  private int limit;
  private int size;

  /** The least size that did not pass; above {@link #MAX} if all did. */
  private int bad = MAX + 1;

  /** Whether a router has named the size below {@link #bad}. */
  private boolean hinted;

  private int trial;
  private int tries;
  private @Nullable Object connection;
  private int serial;

  /** When the next probe goes, or the one that is out counts as lost; NEVER while there is none. */
  private long at = NEVER;

  private long notBefore = Long.MIN_VALUE;

  /**
   * @param assumed the size used until the path says otherwise
   * @param wanted the largest size of use
   */
  MtuSearch(int assumed, int wanted) {
    this.wanted = wanted;
    limit = wanted;
    size = Math.min(assumed, wanted);
  }

  /** The largest datagram that may be sent. */
  int size() {
    return size;
  }

  /** Whether a datagram is sent with DF: larger ones, built before, may be fragmented. */
  boolean fits(int length) {
    return length <= size;
  }

  /** The peer tells what it can take. */
  void offered(int bytes, long now) {
    limit = Math.min(wanted, Math.clamp(bytes, BASE, MAX));
    size = Math.min(size, limit);
    if (at == NEVER && Math.min(limit, bad - 1) - size >= CLOSE) {
      at = Math.max(now, notBefore);
    }
  }

  /**
   * A router or this host says that a datagram was too big: a hint.
   *
   * @param bytes what passes, 0 if it does not say
   * @return whether the size has become smaller
   */
  boolean tooBig(int bytes, long now) {
    if (connection != null && bytes >= size && bytes < trial) {
      bad = bytes + 1; // it is about the probe, and spares most of the search
      hinted = true;
      begin(now);
      return false;
    }
    int before = size;
    size = bytes > 0 ? Math.min(size, Math.max(BASE, bytes)) : BASE;
    if (size < before) {
      bad = MAX + 1;
      begin(bytes > 0 ? now + RAISE_HINT : now);
    }
    return size < before;
  }

  /** Large packets vanish without a word: small ones until larger ones have been seen to pass. */
  boolean blackHole(long now) {
    if (size == BASE) {
      return false;
    }
    size = BASE;
    bad = MAX + 1;
    begin(now);
    return true;
  }

  private void begin(long time) {
    connection = null;
    tries = 0;
    notBefore = time;
    at = time;
  }

  /** When {@link #due} has something to say; {@link Long#MAX_VALUE} for never. */
  long at() {
    return at;
  }

  /**
   * The size of the probe to be sent now, or 0.
   *
   * @param conclusive whether the last one would have been answered, had it arrived: its call lives
   *     and the peer was heard since
   */
  int due(long now, boolean conclusive) {
    if (at > now) {
      return 0;
    }
    if (connection != null) {
      connection = null;
      if (!conclusive) {
        at = NEVER; // until the peer is heard again
        return 0;
      }
      if (++tries == TRIES) {
        tries = 0;
        bad = trial;
      }
    }
    if (closed(now)) {
      return 0;
    }
    // the largest first: mostly it is the one
    trial = bad > limit ? limit : hinted ? bad - 1 : size + (bad - size) / 2 & ~3;
    hinted = false;
    return trial;
  }

  /** Nobody can carry a probe now: it goes when the peer is heard again. */
  void dormant() {
    at = NEVER;
    tries = 0;
    bad = MAX + 1;
  }

  /** The probe has gone out on a connection. */
  void sent(Object on, int probe, long lostAt) {
    connection = on;
    serial = probe;
    at = lostAt;
  }

  /** A PING was answered; whether it was the probe. */
  boolean answered(Object on, int acked, long now) {
    if (!Objects.equals(connection, on) || acked != serial || acked == 0) {
      return false;
    }
    connection = null;
    tries = 0;
    size = Math.min(Math.max(size, trial), limit);
    at = now;
    closed(now);
    return true;
  }

  /** Whether the size is known well enough; then there is no more probe for long. */
  private boolean closed(long now) {
    if (Math.min(limit, bad - 1) - size >= CLOSE) {
      return false;
    }
    at = NEVER;
    notBefore = now + RAISE;
    bad = MAX + 1; // by then the path may be another
    return true;
  }
}
