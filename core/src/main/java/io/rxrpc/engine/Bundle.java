package io.rxrpc.engine;

import io.rxrpc.security.ClientSecurity;
import java.util.ArrayDeque;

/** Client connections to one service of one peer with one security, and the calls that wait. */
final class Bundle {
  /** What calls must have in common to share connections. */
  record Key(Peer peer, int serviceId, ClientSecurity security) {}

  final Key key;
  final Peer peer;
  final int serviceId;
  final ClientSecurity clientSecurity;

  /** Free channels, the one used last on top: a new call there acks the old one for free. */
  final ArrayDeque<Channel> free = new ArrayDeque<>();

  final ArrayDeque<Call> waiting = new ArrayDeque<>();
  int connections;

  Bundle(Key key) {
    this.key = key;
    peer = key.peer();
    serviceId = key.serviceId();
    clientSecurity = key.security();
  }
}
