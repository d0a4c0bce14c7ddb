// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

import io.rxrpc.wire.Jumbo;

/**
 * How many DATA packets go to a peer in one jumbo datagram (wire.md section 6). It moves as that of
 * OpenAFS does: one more after several ACKs without a loss, half as many after a loss, one after a
 * timeout.
 */
public final class JumboCount {
  /** One more is dared when more ACKs than these have brought good news only. */
  private static final int GOOD = 4;

  /** Jumbo datagrams lost in a row that look like a path that does not carry them. */
  private static final int VANISHED = 3;

  private final int most;
  private final Joining joining;
  private boolean narrow;
  private int offered = 1;
  private boolean wanted;
  private int count = 1;
  private int good;
  private int vanished;
  private long vanishedAt = Long.MIN_VALUE;

  /**
   * @param most what is sent at most
   */
  public JumboCount(int most) {
    this(most, Joining.ALWAYS);
  }

  /**
   * @param most what is sent at most
   * @param joining to whom
   */
  public JumboCount(int most, Joining joining) {
    this.most = joining == Joining.NEVER ? 1 : most;
    this.joining = joining;
  }

  /** The peer has told receive windows that are all narrow, or one that is not. */
  public void narrow(boolean all) {
    narrow = all;
    count = Math.min(count, allowed());
  }

  /** The peer tells how many it takes; 0 and 1 mean none. */
  public void offered(int packets) {
    offered = packets;
    count = Math.min(count, allowed());
  }

  /** The packets of one datagram that both sides allow. */
  private int allowed() {
    boolean none = joining == Joining.NARROW && !narrow;
    return none ? 1 : Math.clamp(offered, 1, most);
  }

  /** There are several full packets to send: it is worth to find out what the path carries. */
  public void want() {
    wanted = most > 1;
  }

  /** Bytes of the largest jumbo datagram of use; 0 if none is. */
  public int size() {
    return wanted && allowed() > 1 ? Jumbo.length(allowed()) : 0;
  }

  /**
   * The packets that go in one datagram now.
   *
   * @param carried bytes of the largest datagram that the path is known to carry
   */
  public int packets(int carried) {
    return Math.min(count, Math.max(1, Jumbo.fit(carried)));
  }

  /** An ACK has brought good news only. */
  public void acked() {
    if (++good > GOOD) {
      good = 0;
      count = Math.min(count + 1, allowed());
    }
  }

  /** Something was lost, for the first time in a window of data. */
  public void lost() {
    good = 0;
    count = Math.max(1, count / 2);
  }

  /** Nothing was heard for long. */
  public void timedOut() {
    good = 0;
    count = 1;
  }

  /** A packet of a jumbo datagram has arrived. */
  public void arrived() {
    vanished = 0;
  }

  /** A packet of a jumbo datagram is lost, sent at that time. */
  public void vanished(long sentAt) {
    if (vanished == 0 || sentAt - vanishedAt > 0) { // those of one train are lost together
      vanished++;
      vanishedAt = sentAt;
    }
  }

  /** Whether jumbo datagrams vanish again and again while smaller ones arrive; told once. */
  public boolean takeVanished() {
    boolean yes = vanished >= VANISHED;
    if (yes) {
      vanished = 0;
    }
    return yes;
  }
}
