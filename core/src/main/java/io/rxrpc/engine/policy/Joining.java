// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

/** To whom packets go together in one datagram, where the path carries it and the peer takes it. */
public enum Joining {
  /** To nobody. */
  NEVER,

  /**
   * To who has never told a wide receive window: OpenAFS, which tells up to 32 packets and reads
   * datagrams one by one. Linux and this implementation tell 255; to the latter a train that the
   * system does not cut before the receiver has it is cheaper than joining.
   */
  NARROW,

  /** To everybody who takes it: here each datagram costs a system call. */
  ALWAYS
}
