// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.security.ClientConnectionSecurity;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.udp.Errno;
import org.jspecify.annotations.Nullable;

/** Gets the security of a connection that a client's call needs; calls wait for it meanwhile. */
final class Connect extends SecurityTask {
  private final ClientConnections connections;
  final ClientConnection connection;

  /** The call for which the connection is made. */
  final Call call;

  private final ClientSecurity security;
  private final ConnectionIdentity identity;
  private @Nullable ClientConnectionSecurity responder;
  private @Nullable Protection result;

  Connect(ClientConnections connections, ClientConnection connection, Call call) {
    this.connections = connections;
    this.connection = connection;
    this.call = call;
    security = connection.bundle.clientSecurity;
    identity = connection.identity();
  }

  @Override
  void work() throws SecurityFailure {
    ClientConnectionSecurity s = security.connect(identity);
    result = VerifyTask.protect(s);
    responder = s;
  }

  /** How the call ends if there is no security for it. */
  Completion end() {
    SecurityFailure f = failure();
    Errno errno = f == null ? Errno.EKEYREJECTED : f.errno();
    return new Completion(Completion.Kind.LOCAL_ERROR, code(), errno.number(), reason());
  }

  @Override
  String what() {
    return "a connection to " + connection.peer.address;
  }

  @Override
  public void finish(long now) {
    connection.protection = result;
    connection.responder = responder;
    connections.connected(this, now);
  }

  @Override
  public void discard() {
    Protection p = result;
    if (p != null) {
      connection.context.forget(p.security());
    }
  }
}
