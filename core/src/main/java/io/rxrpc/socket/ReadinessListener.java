// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

/** Is told that a socket may be ready, so that the socket can be put under an event loop. */
@FunctionalInterface
public interface ReadinessListener {
  /**
   * A message has come, room to send has come, or the socket has ended. Called by a thread of the
   * socket or of another caller, several times for one reason or once for several: ask {@link
   * RxrpcSocket#poll}, or receive with {@link MsgFlag#DONTWAIT} until EAGAIN. It must not block.
   *
   * @param socket the socket
   */
  void ready(RxrpcSocket socket);
}
