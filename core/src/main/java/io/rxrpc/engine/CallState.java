// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import java.util.EnumSet;
import java.util.Set;

/** The states of a call, named as in the protocol reference, and the edges between them. */
public enum CallState {
  /** Client: waits for a channel. */
  CLIENT_AWAIT_CONN,
  /** Client: the application is sending the request. */
  CLIENT_SEND_REQUEST,
  /** Client: the whole request is queued, no reply yet. */
  CLIENT_AWAIT_REPLY,
  /** Client: the reply is arriving. */
  CLIENT_RECV_REPLY,
  /** Server: the connection is being challenged; data is kept, not delivered. */
  SERVER_SECURING,
  /** Server: the request is arriving. */
  SERVER_RECV_REQUEST,
  /** Server: the whole request is here, the application works. */
  SERVER_ACK_REQUEST,
  /** Server: the application is sending the reply. */
  SERVER_SEND_REPLY,
  /** Server: the whole reply is queued, its last hard ACK is awaited. */
  SERVER_AWAIT_ACK,
  /** Over, well or not; see {@link Call#completion()}. */
  COMPLETE;

  /** The states that may follow this one; every state may end in {@link #COMPLETE}. */
  public Set<CallState> next() {
    EnumSet<CallState> next =
        switch (this) {
          case CLIENT_AWAIT_CONN -> EnumSet.of(CLIENT_SEND_REQUEST);
          case CLIENT_SEND_REQUEST -> EnumSet.of(CLIENT_AWAIT_REPLY);
          case CLIENT_AWAIT_REPLY -> EnumSet.of(CLIENT_RECV_REPLY);
          case CLIENT_RECV_REPLY, SERVER_AWAIT_ACK -> EnumSet.noneOf(CallState.class);
          case SERVER_SECURING -> EnumSet.of(SERVER_RECV_REQUEST);
          // a server may answer before it has read the whole request (OpenAFS's do)
          case SERVER_RECV_REQUEST -> EnumSet.of(SERVER_ACK_REQUEST, SERVER_SEND_REPLY);
          case SERVER_ACK_REQUEST -> EnumSet.of(SERVER_SEND_REPLY);
          case SERVER_SEND_REPLY -> EnumSet.of(SERVER_AWAIT_ACK);
          case COMPLETE -> EnumSet.noneOf(CallState.class);
        };
    if (this != COMPLETE) {
      next.add(COMPLETE);
    }
    return next;
  }

  /** Whether a phase is under way, so that packets come and go as windows allow. */
  boolean streams() {
    return switch (this) {
      case CLIENT_SEND_REQUEST, CLIENT_RECV_REPLY, SERVER_RECV_REQUEST, SERVER_SEND_REPLY -> true;
      case CLIENT_AWAIT_CONN,
          CLIENT_AWAIT_REPLY,
          SERVER_SECURING,
          SERVER_ACK_REQUEST,
          SERVER_AWAIT_ACK,
          COMPLETE ->
          false;
    };
  }

  /** Whether {@code to} may follow this state. Allocates nothing. */
  boolean permits(CallState to) {
    return (NEXT[ordinal()] & 1 << to.ordinal()) != 0;
  }

  private static final int[] NEXT = edges();

  private static int[] edges() {
    int[] bits = new int[values().length];
    for (CallState from : values()) {
      for (CallState to : from.next()) {
        bits[from.ordinal()] |= 1 << to.ordinal();
      }
    }
    return bits;
  }
}
