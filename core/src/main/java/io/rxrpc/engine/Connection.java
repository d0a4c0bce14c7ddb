package io.rxrpc.engine;

import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Sequence;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** A virtual connection: four channels, one serial counter a direction, one security. */
abstract sealed class Connection extends Timed permits ClientConnection, ServiceConnection {
  final Endpoint endpoint;
  final Peer peer;
  final int epoch;

  /** The connection id with channel bits 0. */
  final int cid;

  /** Changes once, when a newer service answers. */
  int serviceId;

  final int securityIndex;
  final Channel[] channels = new Channel[4];

  /** The local address its packets leave from; null: the system's choice. */
  @Nullable InetAddress local;

  /** Null until its security is there: while a service connection awaits its RESPONSE. */
  @Nullable Protection protection;

  private boolean forgotten;

  /** What the application hung on it. */
  @Nullable ConnectionWatcher watcher;

  /** Calls on its channels. */
  int active;

  /** Calls whose application may still seal or unseal packets: the keys are needed until then. */
  private int users;

  long idleSince;
  boolean closed;
  private int serial;

  Connection(
      Endpoint endpoint,
      Peer peer,
      int epoch,
      int cid,
      int serviceId,
      int securityIndex,
      long now) {
    this.endpoint = endpoint;
    this.peer = peer;
    this.epoch = epoch;
    this.cid = cid;
    this.serviceId = serviceId;
    this.securityIndex = securityIndex;
    idleSince = now;
    for (int i = 0; i < channels.length; i++) {
      channels[i] = new Channel(this, i);
    }
  }

  abstract boolean isClient();

  /** A call has left a channel. */
  abstract void released(Channel channel, Call call, long now);

  /** A call is going to use the connection's security. */
  final void addUser() {
    users++;
  }

  /** A call that used it has been let go of. */
  final void removeUser() {
    users--;
    forgetKeys();
  }

  /** Clears the keys of a closed connection as soon as nobody reads or writes with them. */
  final void forgetKeys() {
    Protection p = protection;
    if (closed && users == 0 && p != null && !forgotten) {
      forgotten = true;
      endpoint.forget(p.security());
    }
  }

  /** The flag of packets from this side. */
  final int sideFlag() {
    return isClient() ? Flags.CLIENT_INITIATED : 0;
  }

  /** The next serial; 0 means "none" on the wire and is left out. */
  final int nextSerial() {
    serial = Sequence.nextSerial(serial);
    return serial;
  }

  /** The first serial will be the one after this. */
  final void beginSerials(int before) {
    serial = before;
  }

  /** The serial of the last packet sent; 0 for none. */
  final int lastSerial() {
    return serial;
  }

  final ConnectionIdentity identity() {
    return new ConnectionIdentity(epoch, cid, serviceId, securityIndex);
  }

  /** The call numbers of the four channels as CHALLENGE and RESPONSE carry them. */
  final int[] callNumbers() {
    int[] numbers = new int[channels.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = channels[i].callNumber;
    }
    return numbers;
  }

  /** Ends every call on it; the connection is not used again. */
  final void failCalls(Completion why, long now) {
    for (Channel channel : channels) {
      Call call = channel.call;
      if (call != null) {
        call.complete(why, now);
      }
    }
  }

  /** Repeats the end of the last call of a channel, as calls.md section 6 has it. */
  final void repeatFinalAck(Channel ch, int reason, int serial) {
    ch.finalAckAt = Long.MAX_VALUE;
    endpoint.control.ack(
        this,
        ch.cid(),
        ch.lastNumber,
        ch.lastSeq + 1,
        ch.lastSeq,
        serial,
        reason,
        0,
        endpoint.trailer,
        null);
  }

  /** Sends the final ACKs whose delay is over. */
  final void sendFinalAcks(long now) {
    for (Channel ch : channels) {
      if (ch.finalAckAt <= now) {
        repeatFinalAck(ch, AckReason.IDLE, 0);
      }
    }
  }
}
