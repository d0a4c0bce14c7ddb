// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

/** What C passes in {@code flags} and {@code msg_flags}. */
public enum MsgFlag {
  /**
   * Sending: more data of this phase follows. Received: more data is to be had on this call; its
   * phase has not been read to the end.
   */
  MORE,

  /** Receiving: leaves the message where it is, for the next one who asks. */
  PEEK,

  /** Does not block, as if the socket were in non-blocking mode. */
  DONTWAIT,

  /** Received: the last message of its call. The tag is free and is not seen again. */
  EOR,

  /**
   * A message outside the calls: a CHALLENGE that was received, and may be given with the answer.
   * Nothing else can be sent or asked for with it: EOPNOTSUPP.
   */
  OOB,

  /** Not supported by these sockets: EOPNOTSUPP. Never set by {@code recvmsg}. */
  TRUNC
}
