// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import org.jspecify.annotations.Nullable;

/**
 * What may be in flight to one peer: its calls share one congestion window, so that eight of them
 * do not overrun what one has found out, and a new call knows what an old one has learnt (RFC 3124
 * says why). Losses are told apart by the time the packets were sent, as in RFC 9002 §7.3.
 */
public final class PathWindow {
  /** Cwnd-limited growth ends far above anything that is of use. */
  private static final int MAX = 1 << 16;

  /** The widest receive window, in packets, of who is taken for an OpenAFS: it tells 32. */
  private static final int NARROW = 64;

  private final CongestionControl control;
  private final int initial;

  /** Null for who has not been sent anything that it bounds. */
  private @Nullable BufferGuard guard;

  private boolean narrow;

  /** Packets sent to the peer that are neither acked nor counted as lost. */
  public int inFlight;

  /** How many packets go in one datagram. */
  public final JumboCount jumbo;

  private boolean everLost;
  private boolean inEpisode;
  private long answeredAt;
  private boolean repeatFree;
  private int losses;
  private int spurious;
  private int used;
  private boolean anyAcked;
  private long newestAcked;
  private boolean anyLarge;
  private long newestLarge;
  private long lastSent;
  private boolean anySent;

  public PathWindow(CongestionControl control, int initial) {
    this(control, initial, new JumboCount(1));
  }

  private PathWindow(CongestionControl control, int initial, JumboCount jumbo) {
    this.control = control;
    this.initial = initial;
    this.jumbo = jumbo;
  }

  /**
   * The window of a path that nothing is known of yet, with the tuned congestion control.
   *
   * @param joining whether packets go together in one datagram
   */
  public static PathWindow of(Tunables tunables, Joining joining) {
    int initial = tunables.getInt(Tunable.INITIAL_CWND);
    CongestionControl control =
        tunables.getInt(Tunable.CONGESTION_CONTROL) == 1
            ? new Cubic(initial, MAX)
            : new NewReno(initial, MAX);
    JumboCount jumbo = new JumboCount(tunables.getInt(Tunable.TX_JUMBO), joining);
    return new PathWindow(control, initial, jumbo);
  }

  /** The peer's widest receive window so far, in packets. */
  public void widest(int told) {
    narrow = told <= NARROW;
    jumbo.narrow(narrow);
  }

  /**
   * A round trip was measured.
   *
   * @param smoothed the smoothed round trip
   * @param least the least one
   * @param packet bytes of the largest packets sent
   */
  public void measured(long smoothed, long least, int packet) {
    BufferGuard g = guard;
    if (g == null) {
      if (!BufferGuard.isOf(narrow, packet)) {
        return;
      }
      g = new BufferGuard();
      guard = g;
    }
    g.measured(narrow, smoothed, least, packet);
  }

  /** From now on packets have {@code to} bytes: what is in flight is to stay as it is in bytes. */
  public void resized(int from, int to) {
    if (to > from) {
      control.shrink(Math.max(initial, (int) ((long) control.window() * from / to)));
    }
  }

  /** The congestion window, packets. */
  public int window() {
    return control.window();
  }

  public boolean slowStart() {
    return control.slowStart();
  }

  /** Packets that all calls together may send now; 0 or less for none. */
  public int allowance() {
    BufferGuard g = guard;
    int window = control.window();
    return (g == null ? window : Math.min(window, g.limit())) - inFlight;
  }

  /**
   * Packets that a call may send now. Calls begin with an initial window each until the path has
   * lost something; afterwards a call may still have one packet on its way whatever the others do,
   * as it may be that they wait for their servers.
   */
  public int allowance(int flightOfCall) {
    BufferGuard g = guard;
    int least = everLost || (g != null && g.limits()) ? 1 : initial;
    return Math.max(allowance(), least - flightOfCall);
  }

  /** One packet that was lost may go again although the halved window is full (RFC 9002 §7.3.2). */
  public boolean takeFreeRepeat() {
    boolean free = repeatFree;
    repeatFree = false;
    return free;
  }

  /** Something is about to be sent. */
  public void sending(long now, long timeout) {
    if (anySent && inFlight == 0 && now - lastSent > timeout) {
      control.idle(initial); // RFC 5681 §4.1
    }
    anySent = true;
    lastSent = now;
  }

  /**
   * Packets were acked for the first time.
   *
   * @param sentAt when the newest of them was sent
   * @param flight packets in flight before
   */
  public void acked(int packets, long sentAt, int flight, long now, long rtt) {
    if (!anyAcked || sentAt - newestAcked > 0) {
      anyAcked = true;
      newestAcked = sentAt;
    }
    boolean limited =
        control.slowStart() ? 2 * flight >= control.window() : flight >= control.window();
    if (limited) {
      used = flight;
    }
    // RFC 7661: a window that is not used says nothing about the path
    if (limited && (!inEpisode || sentAt - answeredAt > 0)) {
      control.acked(packets, now, rtt);
    }
  }

  /**
   * Packets were found lost; they are not in flight any more.
   *
   * @param sentAt when the newest of them was sent
   * @return whether it is the first loss of a window of data
   */
  public boolean lost(int packets, long sentAt, long now) {
    if (inEpisode && sentAt - answeredAt <= 0) {
      losses += packets;
      return false;
    }
    control.lost(reached(packets), now);
    jumbo.lost();
    begin(packets, now);
    return true;
  }

  /**
   * A call's retransmission timer has expired.
   *
   * @param oldest when the oldest packet was sent that was waited for
   * @param again whether the call has heard nothing since its timer expired before
   */
  public void timedOut(int packets, long oldest, boolean again, long now) {
    if (anyAcked && newestAcked - oldest > 0) {
      // other packets get through: it is not the path that is silent. Where that goes on it is the
      // call, whose peer may have forgotten it: the others must not pay for it until it is given up
      if (!again) {
        lost(packets, now, now);
      }
    } else {
      control.timedOut(reached(packets), now);
      jumbo.timedOut();
      begin(packets, now);
    }
  }

  /** A packet was acked that is larger than what every path carries. */
  public void largeAcked(long sentAt) {
    if (!anyLarge || sentAt - newestLarge > 0) {
      anyLarge = true;
      newestLarge = sentAt;
    }
  }

  /** Whether such a packet has arrived that was sent later than that. */
  public boolean largePassed(long sentAt) {
    return anyLarge && newestLarge - sentAt > 0;
  }

  /** What the path was seen to carry: at the end of a call little is in flight. */
  private int reached(int lost) {
    return Math.min(control.window(), Math.max(Math.max(inFlight + lost, used), initial));
  }

  private void begin(int packets, long now) {
    everLost = true;
    inEpisode = true;
    answeredAt = now;
    repeatFree = true;
    losses = packets;
    spurious = 0;
  }

  /**
   * Packets that had counted as lost were not.
   *
   * @return whether the window is as before, as none of them was
   */
  public boolean spurious(int packets, long now) {
    spurious += packets;
    return inEpisode && spurious >= losses && undo(now);
  }

  /** The last loss was no loss: the window is as before. */
  public boolean undo(long now) {
    boolean undone = inEpisode;
    if (undone) {
      inEpisode = false;
      control.undo(now);
    }
    return undone;
  }
}
