// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.peer;

import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.PacketBuilder;
import io.rxrpc.testkit.ToyHandshake;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Sequence;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A connection of a model peer. */
final class ModelConnection {
  /** What is remembered of a channel. */
  static final class Channel {
    @Nullable ModelCall call;
    int number;
    boolean endedWell;
    int abortCode;
    int lastSeq;
    long finalAckAt = Long.MAX_VALUE;
  }

  final ModelPeer owner;
  final InetSocketAddress peer;
  final int epoch;
  final int cid;
  final int serviceId;
  final boolean client;

  /** Who asks for the security of its class; null for none. */
  final @Nullable Guard guard;

  final Channel[] channels = {new Channel(), new Channel(), new Channel(), new Channel()};
  boolean dead;
  int peerWindow = 16;
  int peerJumbo = 1;
  private int serial;

  ModelConnection(
      ModelPeer owner, InetSocketAddress peer, int epoch, int cid, int serviceId, boolean client) {
    this(owner, peer, epoch, cid, serviceId, client, null, 0);
  }

  ModelConnection(
      ModelPeer owner,
      InetSocketAddress peer,
      int epoch,
      int cid,
      int serviceId,
      boolean client,
      @Nullable ToyHandshake secret,
      int nonce) {
    this.owner = owner;
    this.peer = peer;
    this.epoch = epoch;
    this.cid = cid;
    this.serviceId = serviceId;
    this.client = client;
    guard = secret == null ? null : new Guard(this, secret, nonce);
  }

  /** Whether what arrives may be read. */
  boolean trusted() {
    Guard g = guard;
    return g == null || g.secure();
  }

  boolean idle() {
    for (Channel ch : channels) {
      if (ch.call != null) {
        return false;
      }
    }
    return true;
  }

  int nextSerial() {
    serial = Sequence.nextSerial(serial);
    return serial;
  }

  /** Sends a packet on a channel; its serials must have been taken. */
  void send(PacketBuilder packet, int channel, int callNumber, int packetSerial) {
    byte[] bytes =
        packet
            .connection(epoch, cid | channel)
            .call(callNumber)
            .serial(packetSerial)
            .flags(client ? Flags.CLIENT_INITIATED : 0)
            .service(serviceId)
            .security(guard == null ? 0 : ToyHandshake.INDEX, 0)
            .build();
    owner.send(new Datagram(owner.address(), peer, bytes, false));
  }

  /** Repeats the end of the last call of a channel. */
  void finalAck(int channel, int reason, int about) {
    Channel ch = channels[channel];
    ch.finalAckAt = Long.MAX_VALUE;
    PacketBuilder ack =
        PacketBuilder.ack(reason, ch.lastSeq + 1, ch.lastSeq, about, owner.habits().window());
    send(ack.flags(Flags.SLOW_START_OK), channel, ch.number, nextSerial());
  }

  void abort(int channel, int number, int code) {
    send(PacketBuilder.abort(code), channel, number, nextSerial());
  }
}
