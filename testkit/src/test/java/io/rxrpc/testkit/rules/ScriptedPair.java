// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.rules;

import static io.rxrpc.testkit.SimNet.ms;

import io.rxrpc.security.NullSecurity;
import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.Pace;
import io.rxrpc.testkit.PacketBuilder;
import io.rxrpc.testkit.ScriptedPeer;
import io.rxrpc.testkit.SimAddress;
import io.rxrpc.testkit.SimCall;
import io.rxrpc.testkit.SimEndpoint;
import io.rxrpc.testkit.SimHandler;
import io.rxrpc.testkit.SimNet;
import io.rxrpc.testkit.ToySecurity;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.PacketType;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** One engine and one scripted peer, a millisecond apart. */
final class ScriptedPair {
  static final int SERVICE = 52;
  static final int EPOCH = 0x80001234;
  static final int CID = 0x5a5a0000;
  static final ToySecurity TOY = new ToySecurity(42);

  final SimNet net = SimNet.seeded(1);
  final SimEndpoint engine;
  final ScriptedPeer peer = new ScriptedPeer(net, SimAddress.of(2, 7002));

  /** Requests that the engine's handler got whole. */
  final List<byte[]> handled = new ArrayList<>();

  /** How long the handler works. */
  long think;

  /** What the handler replies. */
  byte[] reply = {1, 2, 3};

  ScriptedPair() {
    this(Tunables.defaults());
  }

  ScriptedPair(Tunables tunables) {
    engine = new SimEndpoint(net, SimAddress.of(1, 7001), tunables, 7);
    engine.serve(
        SERVICE,
        List.of(NullSecurity.INSTANCE, TOY),
        () ->
            request -> {
              handled.add(request);
              return new SimHandler.Answer(reply, 0, think, Pace.FAST);
            });
  }

  InetSocketAddress address() {
    return engine.address();
  }

  // the peer as a client

  /** Fills in what a packet of the peer's connection has. */
  PacketBuilder client(int callNumber, PacketBuilder packet) {
    return packet
        .connection(EPOCH, CID)
        .call(callNumber)
        .serial(peer.nextSerial())
        .service(SERVICE)
        .flags(Flags.CLIENT_INITIATED);
  }

  void sendClient(int callNumber, PacketBuilder packet) {
    peer.send(address(), client(callNumber, packet));
  }

  /** Sends a whole request in one packet. */
  void request(int callNumber) {
    sendClient(callNumber, PacketBuilder.data(1, new byte[] {9}).flags(Flags.LAST_PACKET));
  }

  // the peer as a server

  /** The engine calls the peer; returns the call. */
  SimCall call(byte[] request) {
    return engine.call(peer.address(), SERVICE, request);
  }

  /** The engine calls the peer with toy security. */
  SimCall sealedCall(byte[] request) {
    return engine.call(peer.address(), SERVICE, TOY, request, null, Pace.FAST, c -> {});
  }

  /** The peer replies a whole call with one packet. */
  void reply(Datagram request, byte[] bytes) {
    peer.answer(request, PacketBuilder.data(1, bytes).flags(Flags.LAST_PACKET));
  }

  // looking

  /** What the peer gets within half a second. */
  List<Datagram> answers() {
    return peer.collect(ms(500));
  }

  static List<Datagram> of(int type, List<Datagram> all) {
    return all.stream().filter(d -> d.type() == type).toList();
  }

  static List<Datagram> aborts(List<Datagram> all) {
    return of(PacketType.ABORT, all);
  }

  int live() {
    return engine.engine().liveCalls();
  }
}
