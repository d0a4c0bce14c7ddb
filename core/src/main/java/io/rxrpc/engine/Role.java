// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

/**
 * The role in which a connection was made, client or server: it is told what a connection cannot
 * judge alone, as other connections and waiting calls are concerned.
 */
interface Role<C extends Connection> {
  /** A call has left a channel of the connection. */
  void released(C connection, Channel channel, Call call, long now);

  /** A deadline of the connection has passed. */
  void expired(C connection, long now);

  /** The peer of a call on the connection was asked for a sign of life. */
  void asked(C connection, long now);
}
