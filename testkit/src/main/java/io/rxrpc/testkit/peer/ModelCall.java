// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.peer;

import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.PacketBuilder;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.Jumbo;
import io.rxrpc.wire.Sequence;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call of a model peer, either side. */
final class ModelCall {
  private static final int CALL_DEAD = -1;
  private static final int PROTOCOL_ERROR = -5;

  final ModelConnection connection;
  final int channel;
  final int number;
  private final Habits habits;
  private final ModelReceiver receiver;
  private final long readPause;
  private @Nullable ModelSender sender;

  private int ackReason;
  private int ackSerial;
  private boolean ackNow;
  private long ackAt = Long.MAX_VALUE;
  private int unacked;
  private int readSinceAck;
  private long readAt = Long.MAX_VALUE;
  private long heardAt;
  private long sentAt;
  private long dataAt;
  private long dataSentAt;
  private int asks;
  boolean over;

  /** A server's error that its application has not noticed yet: the channel stays taken. */
  boolean failed;

  ModelCall(ModelConnection connection, int channel, int number, long readPause, long now) {
    this.connection = connection;
    this.channel = channel;
    this.number = number;
    this.readPause = readPause;
    habits = connection.owner.habits();
    receiver = new ModelReceiver(habits);
    heardAt = now;
    sentAt = now;
    dataAt = now;
  }

  ModelReceiver receiver() {
    return receiver;
  }

  /** Begins the phase that this side sends. */
  void write(byte[] bytes) {
    List<byte[]> packets = new ArrayList<>();
    for (int at = 0; at < bytes.length || packets.isEmpty(); at += Jumbo.DATA_LENGTH) {
      packets.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + Jumbo.DATA_LENGTH)));
    }
    sender = new ModelSender(habits, packets, connection.peerWindow);
  }

  boolean writing() {
    return sender != null;
  }

  void heard(long now) {
    heardAt = now;
  }

  // what comes in

  void data(Datagram d, long now) {
    dataAt = now;
    MemorySegment p = d.memory();
    ModelSender s = sender;
    if (connection.client && s != null && !s.hardComplete()) {
      if (!s.allSent() && habits.abortsUnknown()) {
        fail(PROTOCOL_ERROR, now); // an early reply
        return;
      }
      s.complete();
    }
    int flags = d.flags();
    int seq = d.seq();
    int serial = d.serial();
    long data = Header.LENGTH;
    while (true) {
      int n = Jumbo.dataLength(flags, data, d.length());
      byte[] bytes = Arrays.copyOfRange(d.bytes(), (int) data, (int) data + n);
      packet(seq, serial, flags, bytes, now);
      if (!Jumbo.isMore(flags)) {
        break;
      }
      flags = Jumbo.nextFlags(p, data);
      data = Jumbo.nextOffset(data);
      seq++;
      serial = Sequence.nextSerial(serial);
    }
    if (readAt == Long.MAX_VALUE && receiver.unread() > 0) {
      readAt = now + readPause;
    }
  }

  private void packet(int seq, int serial, int flags, byte[] bytes, long now) {
    switch (receiver.insert(seq, bytes, (flags & Flags.LAST_PACKET) != 0)) {
      case IN_ORDER -> {
        unacked++;
        if ((flags & Flags.REQUEST_ACK) != 0) {
          ackAtOnce(AckReason.REQUESTED, serial);
        } else if (unacked > habits.softAckEvery()) {
          ackAtOnce(AckReason.IDLE, 0);
        } else {
          ackAt = Math.min(ackAt, now + habits.softAckDelay());
        }
      }
      case OUT_OF_ORDER -> ackAtOnce(AckReason.OUT_OF_SEQUENCE, serial);
      case DUPLICATE -> ackAtOnce(AckReason.DUPLICATE, serial);
      case BEYOND -> ackAtOnce(AckReason.EXCEEDS_WINDOW, serial);
    }
  }

  private void ackAtOnce(int reason, int serial) {
    ackNow = true;
    if (ackReason != AckReason.OUT_OF_SEQUENCE) {
      ackReason = reason;
      ackSerial = serial;
    }
  }

  void ack(Datagram d, long now) {
    MemorySegment p = d.memory();
    int reason = Ack.reason(p, 0);
    if (d.has(Flags.REQUEST_ACK) && reason != AckReason.PING_RESPONSE) {
      boolean ping = reason == AckReason.PING || habits.pingResponse();
      sendAck(ping ? AckReason.PING_RESPONSE : AckReason.REQUESTED, d.serial(), 0, now);
    }
    if (Ack.trailerWords(p, 0, d.length()) == 4) {
      connection.peerWindow = Math.max(1, Ack.rwind(p, 0, d.length()));
      connection.peerJumbo = Ack.jumboMax(p, 0, d.length());
    }
    ModelSender s = sender;
    if (s != null) {
      boolean[] acks = new boolean[Ack.count(p, 0)];
      for (int i = 0; i < acks.length; i++) {
        acks[i] = Ack.softAck(p, 0, i);
      }
      s.previous(Ack.previousPacket(p, 0));
      s.ack(Ack.firstPacket(p, 0), acks, Ack.serial(p, 0), reason, connection.peerWindow, now);
      if (!connection.client
          && (s.hardComplete() || (habits.softAckCompletes() && s.softComplete()))) {
        connection.owner.ended(this, true, 0, false, now);
      }
    }
  }

  void ackAll(long now) {
    ModelSender s = sender;
    if (s != null && s.allSent()) {
      s.complete();
      if (!connection.client) {
        connection.owner.ended(this, true, 0, false, now);
      }
    }
  }

  /** Ends it with an ABORT to the peer. */
  void fail(int code, long now) {
    if (!over) {
      connection.abort(channel, number, code);
      connection.owner.ended(this, false, code, false, now);
    }
  }

  // what goes out

  void act(long now) {
    if (over || failed) {
      return;
    }
    if (heardAt + habits.deadTime() <= now) {
      fail(CALL_DEAD, now);
      return;
    }
    if (!connection.client && !receiver.complete() && dataAt + habits.requestGap() <= now) {
      fail(-3, now);
      return;
    }
    read(now);
    if (over) {
      return;
    }
    output(now);
    if (asksAt() <= now) {
      asks++;
      ping(now);
    }
    if (ackAt <= now) {
      ackAtOnce(AckReason.DELAY, 0);
    }
    if (ackNow) {
      sendAck(ackReason, ackSerial, 0, now);
    }
    if (sentAt + habits.keepalive() <= now) {
      ping(now);
    }
  }

  /** When a client asks for the reply: its request is acked, and nothing comes. */
  private long asksAt() {
    ModelSender s = sender;
    boolean waits = connection.client && s != null && s.hardComplete() && receiver.highest() == 0;
    if (!waits || habits.replyPing() == 0) {
      return Long.MAX_VALUE;
    }
    return asks == 0 ? dataSentAt + habits.minRto() : sentAt + habits.replyPing();
  }

  private void read(long now) {
    if (readAt > now || !connection.trusted()) {
      return;
    }
    readAt = Long.MAX_VALUE;
    int n = receiver.read(readPause == 0 ? Integer.MAX_VALUE : 4);
    if (receiver.unread() > 0) {
      readAt = now + readPause;
    }
    readSinceAck += n;
    if (receiver.finished()) {
      connection.owner.received(this, now);
    } else if (readSinceAck > 2) {
      ackAtOnce(AckReason.DELAY, 0);
    } else if (n > 0) {
      ackAt = Math.min(ackAt, now + habits.softAckDelay());
    }
  }

  private void output(long now) {
    ModelSender s = sender;
    if (s == null) {
      return;
    }
    if (s.rtoAt() <= now && !s.expire(now)) {
      ping(now);
    }
    for (int seq = s.nextLost(); seq != 0; seq = s.nextLost()) {
      transmit(s, seq, 1, true, now);
    }
    for (int room = s.room(); room > 0; room = s.room()) {
      int jumbo = connection.peerJumbo >= 2 ? Math.min(habits.jumbo(), connection.peerJumbo) : 1;
      int n = 1;
      while (n < Math.min(jumbo, room) && s.packet(s.next() + n - 1).length == Jumbo.DATA_LENGTH) {
        n++;
      }
      transmit(s, s.next(), n, false, now);
    }
  }

  private void transmit(ModelSender s, int seq, int n, boolean again, long now) {
    boolean last = seq + n - 1 == s.size();
    boolean ask = again || s.measures() || (s.cwnd() <= 2 && !last) || (!last && s.room() <= n);
    ask &= !last || (connection.client && (again || s.measures()));
    byte[][] parts = new byte[n][];
    int serial = connection.nextSerial();
    int lastSerial = serial;
    for (int i = 0; i < n; i++) {
      parts[i] = s.packet(seq + i);
      if (i > 0) {
        lastSerial = connection.nextSerial();
      }
      s.sent(seq + i, lastSerial, ask && i == n - 1, now);
    }
    PacketBuilder packet = PacketBuilder.jumbo(seq, last, parts);
    if (ask && n == 1) {
      packet.flags(Flags.REQUEST_ACK);
    }
    connection.send(packet, channel, number, serial);
    sentAt = now;
    dataSentAt = now;
    acked();
  }

  private void acked() {
    ackNow = false;
    ackReason = 0;
    ackAt = Long.MAX_VALUE;
    unacked = 0;
    readSinceAck = 0;
  }

  void ping(long now) {
    sendAck(AckReason.PING, 0, Flags.REQUEST_ACK, now);
  }

  private void sendAck(int reason, int about, int flags, long now) {
    PacketBuilder ack =
        PacketBuilder.ack(
            reason,
            receiver.consumed() + 1,
            receiver.highest(),
            about,
            receiver.window(),
            receiver.softAcks());
    connection.send(
        ack.flags(Flags.SLOW_START_OK | flags), channel, number, connection.nextSerial());
    sentAt = now;
    if (flags == 0) {
      acked();
    }
  }

  long wakeAt() {
    if (over || failed) {
      return Long.MAX_VALUE;
    }
    long wake = Math.min(ackAt, heardAt + habits.deadTime());
    wake = Math.min(wake, connection.trusted() ? readAt : Long.MAX_VALUE);
    wake = Math.min(wake, Math.min(asksAt(), sentAt + habits.keepalive()));
    if (!connection.client && !receiver.complete()) {
      wake = Math.min(wake, dataAt + habits.requestGap());
    }
    ModelSender s = sender;
    return s == null ? wake : Math.min(wake, s.rtoAt());
  }
}
