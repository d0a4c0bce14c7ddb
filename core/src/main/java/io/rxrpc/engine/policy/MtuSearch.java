// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

import io.rxrpc.wire.Jumbo;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How large a datagram may be on the way to a peer (RFC 8899 in the manner of Rx): begins with what
 * nearly every path carries, falls back when large packets vanish or a router complains, and climbs
 * by padded PINGs, whose loss costs nothing. Sizes are bytes of UDP payload. A packet is never
 * larger than both sides offer; where that is no more than a part of a jumbo datagram has, the
 * search goes on for datagrams of several packets.
 */
public final class MtuSearch {
  /** Every path carries it: OpenAFS's least MTU. Nobody can talk us below it. */
  public static final int BASE = 520;

  /** OpenAFS's largest. */
  public static final int MAX = 16_384;

  private static final long NEVER = Long.MAX_VALUE;

  /** The search ends when it knows the size to so many bytes. */
  private static final int CLOSE = 16;

  /** Probes of one size that must be lost before it is too large. */
  private static final int TRIES = 3;

  /** When larger packets are tried again on a path that did not carry them (RFC 8899 §5.1.1). */
  private static final long RAISE = 600_000_000_000L;

  /** The same where only an ICMP message says so, which anybody can forge. */
  private static final long RAISE_HINT = 60_000_000_000L;

  /** The size used until the path says otherwise: nearly every one carries it. */
  private final int standard;

  private final int wanted;

  /** The largest packet of use. */
  private int packet;

  /** The largest datagram of use. */
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
  public MtuSearch(int assumed, int wanted) {
    this.wanted = wanted;
    packet = wanted;
    limit = wanted;
    standard = Math.min(assumed, wanted);
    size = standard;
  }

  /** The largest packet that may be sent. */
  public int size() {
    return Math.min(size, packet);
  }

  /** The largest datagram that may be sent, of one packet or several. */
  public int datagram() {
    return size;
  }

  /** Whether a datagram is sent with DF: larger ones, built before, may be fragmented. */
  public boolean fits(int length) {
    return length <= size;
  }

  /** The peer tells what packets it can take. */
  public void offered(int bytes, long now) {
    offered(bytes, 0, now);
  }

  /**
   * The peer tells what it can take.
   *
   * @param bytes of one packet
   * @param jumbo bytes of a datagram of several, 0 if that is of no use
   */
  public void offered(int bytes, int jumbo, long now) {
    packet = Math.min(wanted, Math.clamp(bytes, BASE, MAX));
    limit = packet;
    int excess = packet - Jumbo.length(1);
    int packets = Jumbo.fit(Math.min(jumbo, MAX));
    if (packets > 1 && excess >= 0 && excess < CLOSE) { // else larger packets are better
      packet = Jumbo.length(1);
      limit = Jumbo.length(packets);
    }
    size = Math.min(size, limit);
    if (at == NEVER && top() - size >= CLOSE) {
      at = Math.max(now, notBefore);
    }
  }

  /** What was to be tried later is tried when the peer is heard. */
  public void atOnce() {
    notBefore = Long.MIN_VALUE;
  }

  /** The largest size that may be found to pass. */
  private int top() {
    return useful(Math.min(limit, bad - 1));
  }

  /** The largest size of use up to so many bytes: beyond one packet only whole ones are. */
  private int useful(int bytes) {
    return bytes <= packet ? bytes : Math.max(packet, Jumbo.length(Jumbo.fit(bytes)));
  }

  /**
   * A router or this host says that a datagram was too big: a hint.
   *
   * @param bytes what passes, 0 if it does not say
   * @return whether the size has become smaller
   */
  public boolean tooBig(int bytes, long now) {
    if (connection != null && trial > size && bytes <= 0) {
      bad = trial; // nothing larger is out
      begin(now);
      return false;
    }
    if (connection != null && bytes >= size && bytes < trial) {
      bad = bytes + 1; // it is about the probe, and spares most of the search
      hinted = true;
      begin(now);
      return false;
    }
    int before = size;
    if (bytes > 0) {
      size = Math.min(size, Math.max(BASE, bytes));
    } else {
      size = size > packet ? packet : BASE; // the jumbo datagrams are the likelier ones
    }
    if (size < before) {
      bad = MAX + 1;
      begin(bytes > 0 ? now + RAISE_HINT : now);
    }
    return size < before;
  }

  /**
   * Large packets vanish without a word: those of an ordinary path, or small ones if these vanish,
   * until larger ones have been seen to pass.
   */
  public boolean blackHole(long now) {
    if (size == BASE) {
      return false;
    }
    size = size() > standard ? standard : BASE;
    bad = MAX + 1;
    begin(now);
    return true;
  }

  /** Jumbo datagrams vanish without a word: single packets until they have been seen to pass. */
  public boolean jumbosVanish(long now) {
    if (size <= packet) {
      return false;
    }
    size = packet;
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
  public long at() {
    return at;
  }

  /**
   * The size of the probe to be sent now, or 0.
   *
   * @param conclusive whether the last one would have been answered, had it arrived: its call lives
   *     and the peer was heard since
   */
  public int due(long now, boolean conclusive) {
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
    // the largest first: mostly it is the one; but what nearly every path carries before that, and
    // whole packets before several in a datagram
    int untried = size < packet ? packet : limit;
    if (size < standard) {
      untried = Math.min(untried, standard);
    }
    trial = useful(bad > limit ? untried : hinted ? bad - 1 : size + (bad - size) / 2 & ~3);
    if (trial <= size) {
      trial = top();
    }
    hinted = false;
    return trial;
  }

  /** Nobody can carry a probe now: it goes when the peer is heard again. */
  public void dormant() {
    at = NEVER;
    tries = 0;
    bad = MAX + 1;
  }

  /** The probe has gone out on a connection. */
  public void sent(Object on, int ping, long lostAt) {
    connection = on;
    serial = ping;
    at = lostAt;
  }

  /** A PING was answered; whether it was the probe. */
  public boolean answered(Object on, int acked, long now) {
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
    if (top() - size >= CLOSE) {
      return false;
    }
    at = NEVER;
    notBefore = now + RAISE;
    bad = MAX + 1; // by then the path may be another
    return true;
  }
}
