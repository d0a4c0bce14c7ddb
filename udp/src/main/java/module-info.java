// SPDX-License-Identifier: Apache-2.0
/** Batches of UDP datagrams in and out, with ICMP errors. */
module io.rxrpc.udp {
  requires jdk.net;
  requires static org.jspecify;

  exports io.rxrpc.udp;
}
