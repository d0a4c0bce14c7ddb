// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.wire.DebugRequest;

/** What a peer can be asked about itself, by {@link RxrpcEndpoint#debug}. */
public enum DebugKind {
  /** Figures of the whole: packets, calls, threads. 56 bytes. */
  STATS(DebugRequest.GETSTATS),

  /** A connection that calls are on. 176 bytes. */
  CONNECTION(DebugRequest.GETCONN),

  /** Any connection. 176 bytes. */
  ANY_CONNECTION(DebugRequest.GETALLCONN),

  /** Counters of packets and of what went wrong. 284 bytes. */
  STATISTICS(DebugRequest.RXSTATS),

  /** A peer. 132 bytes. */
  PEER(DebugRequest.GETPEER);

  private final int number;

  DebugKind(int number) {
    this.number = number;
  }

  /** Its number on the wire. */
  int number() {
    return number;
  }
}
