// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.AckTrailer;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Header;
import org.jspecify.annotations.Nullable;

/** A virtual connection: four channels, one serial counter a direction, one security. */
abstract sealed class Connection extends ConnectionHead
    permits ClientConnection, ServiceConnection {
  final EngineContext context;
  final Peer peer;

  /** Channels of a connection. */
  static final int CHANNELS = 4;

  /** Those that were used so far: many connections use one. */
  private final @Nullable Channel[] channels = new Channel[CHANNELS];

  /** Null until its security is there: while a service connection awaits its RESPONSE. */
  @Nullable Protection protection;

  private boolean forgotten;

  /** What the application hung on the connection, to hear of its end. */
  @Nullable ConnectionWatcher watcher;

  /** Calls on its channels. */
  int active;

  /** Calls whose application may still seal or unseal packets: the keys are needed until then. */
  private int users;

  long idleSince;
  boolean closed;

  Connection(
      EngineContext context,
      Peer peer,
      int epoch,
      int cid,
      int serviceId,
      int securityIndex,
      long now) {
    super(peer.address, epoch, cid, serviceId, securityIndex);
    this.context = context;
    this.peer = peer;
    idleSince = now;
  }

  /** One of its channels. */
  final Channel channel(int index) {
    Channel ch = channels[index];
    if (ch == null) {
      ch = new Channel(this, index);
      channels[index] = ch;
    }
    return ch;
  }

  /** The same, or null if it was never used. */
  final @Nullable Channel used(int index) {
    return channels[index];
  }

  /** The call on a channel now, or null. */
  final @Nullable Call call(int index) {
    Channel ch = channels[index];
    return ch == null ? null : ch.call;
  }

  /** The highest call number that a channel has used or seen. */
  final int callNumber(int index) {
    Channel ch = channels[index];
    return ch == null ? 0 : ch.callNumber;
  }

  @Override
  final int packetTold(AckTrailer trailer) {
    return trailer.packet(peer.interfaceMtu);
  }

  /** A call has left a channel. */
  abstract void released(Channel channel, Call call, long now);

  /** The peer of a call on it was asked for a sign of life. */
  abstract void asked(long now);

  /** Whether its first call asks the server for a newer service. */
  boolean asksForUpgrade() {
    return false;
  }

  /** Has the peer of a connection from here asked for signs of life between calls from now on. */
  void keepAlive() {}

  /** Hangs a watcher on it, unless there is one; returns the one that hangs there. */
  final ConnectionWatcher watch(ConnectionWatcher other) {
    ConnectionWatcher first = watcher;
    if (first != null) {
      return first;
    }
    watcher = other;
    if (closed) {
      other.closed();
    }
    return other;
  }

  /** Whether a packet that was sealed for one of its calls may still go out again. */
  final boolean mayBeRepeated(int channel, int callNumber, int seq) {
    Channel ch = channels[channel & Header.CHANNEL_MASK]; // without the lock: may be seen too late
    return ch == null || ch.mayBeRepeated(callNumber, seq);
  }

  /** A call is going to use the connection's security. */
  final void addUser() {
    users++;
  }

  /** The application has let go of a call that used the connection's security. */
  final void removeUser() {
    users--;
    forgetKeys();
  }

  /** Clears the keys of a closed connection as soon as nobody reads or writes with them. */
  final void forgetKeys() {
    Protection p = protection;
    if (closed && users == 0 && p != null && !forgotten) {
      forgotten = true;
      context.forget(p.security());
    }
  }

  /** The call numbers of the four channels as CHALLENGE and RESPONSE carry them. */
  final int[] callNumbers() {
    int[] numbers = new int[CHANNELS];
    for (int i = 0; i < CHANNELS; i++) {
      numbers[i] = callNumber(i);
    }
    return numbers;
  }

  /** Ends every call on it; the connection is not used again. */
  final void failCalls(Completion why, long now) {
    for (int i = 0; i < CHANNELS; i++) {
      Call call = call(i);
      if (call != null) {
        call.complete(why, now);
      }
    }
  }

  /** Repeats the end of the last call of a channel, as calls.md section 6 has it. */
  final void repeatFinalAck(Channel ch, int reason, int serial) {
    ch.finalAckAt = Long.MAX_VALUE;
    context.acks.finalAck(this, ch.cid(), ch.lastNumber, ch.lastSeq(), reason, serial);
  }

  /** Sends the final ACKs whose delay is over. */
  final void sendFinalAcks(long now) {
    for (Channel ch : channels) {
      if (ch != null && ch.finalAckAt <= now) {
        repeatFinalAck(ch, AckReason.IDLE, 0);
      }
    }
  }
}
