// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.peer;

import io.rxrpc.wire.AckReason;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sending half of a model call: which packets to send when. */
final class ModelSender {
  private static final int NACKS = 3;

  private final Habits habits;
  private final List<byte[]> packets;
  private final BitSet soft = new BitSet();
  private final BitSet lost = new BitSet();
  private final int[] nacks;
  private final int[] serials;
  private final Map<Integer, Long> asked = new HashMap<>();
  private int hard;
  private int next = 1;
  private int previous;
  private int peerWindow = 16;
  private int cwnd;
  private int ssthresh = 32;
  private int backoff;
  private long srtt;
  private long rtoAt = Long.MAX_VALUE;

  ModelSender(Habits habits, List<byte[]> packets, int peerWindow) {
    this.habits = habits;
    this.packets = packets;
    this.peerWindow = peerWindow;
    cwnd = habits.initialCwnd();
    nacks = new int[packets.size() + 2];
    serials = new int[packets.size() + 2];
  }

  int size() {
    return packets.size();
  }

  byte[] packet(int seq) {
    return packets.get(seq - 1);
  }

  int hard() {
    return hard;
  }

  int next() {
    return next;
  }

  int peerWindow() {
    return peerWindow;
  }

  int cwnd() {
    return cwnd;
  }

  /** Whether each packet asks for an ACK, as the round trip is not known. */
  boolean measures() {
    return habits.stampDelay() > 0 && srtt == 0;
  }

  boolean allSent() {
    return next > size();
  }

  boolean hardComplete() {
    return hard == size();
  }

  boolean softComplete() {
    return hard + soft.cardinality() == size();
  }

  long rtoAt() {
    return rtoAt;
  }

  private int inFlight() {
    return next - 1 - hard - soft.cardinality() - lost.cardinality();
  }

  /** The next packet to send again, or 0. */
  int nextLost() {
    int seq = lost.nextSetBit(1);
    return seq > 0 && (habits.windowFromHardAck() || inFlight() < cwnd) ? seq : 0;
  }

  /** How many new packets may go now. */
  int room() {
    int window = hard + Math.min(peerWindow, habits.sendWindow()) - (next - 1);
    int congestion = habits.windowFromHardAck() ? hard + cwnd - (next - 1) : cwnd - inFlight();
    return Math.min(Math.min(window, congestion), size() - (next - 1));
  }

  /** A packet left. */
  void sent(int seq, int serial, boolean askedForAck, long now) {
    lost.clear(seq);
    nacks[seq] = 0;
    serials[seq] = serial;
    if (seq == next) {
      next++;
    }
    if (askedForAck) {
      asked.put(serial, now);
    }
    if (rtoAt == Long.MAX_VALUE) {
      arm(now);
    }
  }

  private void arm(long now) {
    long rto = srtt == 0 ? habits.initialRto() : Math.max(habits.minRto(), 2 * srtt + 200_000_000L);
    rtoAt =
        hardComplete()
            ? Long.MAX_VALUE
            : now + Math.min(rto << Math.min(backoff, 8), 10_000_000_000L);
  }

  /** The peer has everything. */
  void complete() {
    hard = size();
    next = size() + 1;
    soft.clear();
    lost.clear();
    rtoAt = Long.MAX_VALUE;
  }

  /** The highest packet that the peer says to have seen. */
  void previous(int seq) {
    previous = Math.max(previous, Math.min(seq, next - 1));
  }

  /** The timer has expired; false if there is nothing to send again, so that the peer is asked. */
  boolean expire(long now) {
    backoff++;
    ssthresh = Math.max(2, inFlight() / 2);
    cwnd = 1;
    for (int seq = hard + 1; seq < next; seq++) {
      if (!soft.get(seq) && (!habits.repairsBySerial() || seq > previous)) {
        lost.set(seq);
      }
    }
    if (softComplete() && next > 1 && !habits.repairsBySerial()) {
      lost.set(next - 1); // only the hard ACK is missing: ask with what must be answered
      soft.clear(next - 1);
    }
    arm(now);
    return !lost.isEmpty();
  }

  /** An ACK came; {@code acks} are the soft ACKs from {@code first} on. */
  void ack(int first, boolean[] acks, int about, int reason, int rwind, long now) {
    Long sentAt = asked.remove(about);
    if (sentAt != null && reason != AckReason.DELAY && reason != AckReason.IDLE) {
      long rtt = now - sentAt - habits.stampDelay();
      srtt = rtt <= 0 ? srtt : srtt == 0 ? rtt : srtt + (rtt - srtt) / 8;
    }
    if (first <= hard || first > next) {
      return;
    }
    if (rwind > 0) {
      peerWindow = rwind;
    }
    int before = hard + soft.cardinality();
    for (int seq = hard + 1; seq < first; seq++) {
      soft.clear(seq);
      lost.clear(seq);
    }
    hard = first - 1;
    boolean hole = false;
    for (int i = acks.length - 1; i >= 0; i--) {
      int seq = first + i;
      if (seq >= next) {
        continue;
      }
      if (acks[i]) {
        soft.set(seq);
        lost.clear(seq);
        hole = true;
      } else {
        soft.clear(seq);
        if (hole && !lost.get(seq) && missing(seq, about, reason)) {
          lost.set(seq);
          ssthresh = Math.max(2, cwnd / 2);
          cwnd = ssthresh;
        }
      }
    }
    int newly = hard + soft.cardinality() - before;
    if (newly > 0) {
      cwnd = Math.min(habits.sendWindow(), cwnd + (cwnd < ssthresh ? newly : 1));
      backoff = 0;
      arm(now);
    }
    if (hardComplete()) {
      rtoAt = Long.MAX_VALUE;
    }
  }

  /** Whether a NACK says that a packet is to go again. */
  private boolean missing(int seq, int about, int reason) {
    if (habits.repairsBySerial()) {
      boolean ping = reason == AckReason.PING || reason == AckReason.PING_RESPONSE;
      return !ping && about != 0 && about - serials[seq] >= 0;
    }
    return ++nacks[seq] >= NACKS;
  }
}
