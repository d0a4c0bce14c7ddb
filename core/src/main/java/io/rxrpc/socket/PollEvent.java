// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

/** What {@link RxrpcSocket#poll} finds. */
public enum PollEvent {
  /** A message waits to be received. */
  IN,

  /** Sending is worth a try: since the last send that found no room, room has come. */
  OUT,

  /** The UDP port has failed: nothing works any more. */
  ERR,

  /** The socket was shut down. */
  HUP
}
