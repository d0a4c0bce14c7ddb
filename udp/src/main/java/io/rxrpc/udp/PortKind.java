// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

/** The implementations of {@link DatagramPort}. */
public enum PortKind {
  /**
   * Linux system calls by {@code java.lang.foreign}: segmentation offload in both directions, local
   * addresses of received datagrams, ICMP errors on the unconnected socket. x86-64 and aarch64.
   */
  LINUX,
  /**
   * {@link java.nio.channels.DatagramChannel}: everywhere. It sees neither the local address of a
   * datagram nor ICMP errors: what nobody answers ends in the caller's timeout.
   */
  NIO
}
