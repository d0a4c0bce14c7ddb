package io.rxrpc.engine;

import io.rxrpc.security.ClientSecurity;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Client connections to one service of one peer with one security, and the calls that wait. */
final class Bundle {
  /**
   * What calls must have in common to share connections.
   *
   * @param upgrade whether the server is asked for a newer service
   * @param challenged who answers CHALLENGEs in place of the security, or null
   * @param only unique for a call that wants a connection of its own, else null
   */
  record Key(
      Peer peer,
      int serviceId,
      ClientSecurity security,
      boolean upgrade,
      @Nullable Object challenged,
      @Nullable Object only) {
    Key(Peer peer, int serviceId, ClientSecurity security, CallWishes wishes) {
      this(
          peer,
          serviceId,
          security,
          wishes.upgrade(),
          wishes.challenged(),
          wishes.exclusive() ? new Object() : null);
    }
  }

  final Key key;
  final Peer peer;
  final int serviceId;
  final ClientSecurity clientSecurity;

  /** Free channels, the one used last on top: a new call there acks the old one for free. */
  final ArrayDeque<Channel> free = new ArrayDeque<>();

  final ArrayDeque<Call> waiting = new ArrayDeque<>();
  int connections;

  /** Connections to come, whose security is being made. */
  int connecting;

  /** Those of them that no new call may begin on. */
  int retired;

  /** A connection waits for the answer to its first call; until then it is the only one. */
  boolean probing;

  Bundle(Key key) {
    this.key = key;
    peer = key.peer();
    serviceId = key.serviceId();
    clientSecurity = key.security();
  }
}
