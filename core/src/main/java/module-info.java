// SPDX-License-Identifier: Apache-2.0
/** RxRPC for Java: the protocol, its driver, and the client and server API. */
module io.rxrpc {
  requires transitive io.rxrpc.udp;
  requires static org.jspecify;

  uses io.rxrpc.AbortCodeTable;

  exports io.rxrpc;
  exports io.rxrpc.key;
  exports io.rxrpc.machine;
  exports io.rxrpc.security;
  exports io.rxrpc.security.rxkad;
  exports io.rxrpc.security.krb to
      io.rxrpc.tokens,
      io.rxrpc.cli;
  exports io.rxrpc.socket;
  exports io.rxrpc.tuning;
  exports io.rxrpc.wire to
      io.rxrpc.testkit,
      io.rxrpc.cli,
      io.rxrpc.load,
      io.rxrpc.bench,
      io.rxrpc.interop;
  exports io.rxrpc.engine to
      io.rxrpc.testkit,
      io.rxrpc.bench;
  exports io.rxrpc.engine.packet to
      io.rxrpc.testkit,
      io.rxrpc.bench;
  exports io.rxrpc.engine.policy to
      io.rxrpc.testkit,
      io.rxrpc.bench;
  exports io.rxrpc.engine.table to
      io.rxrpc.testkit,
      io.rxrpc.bench;
  exports io.rxrpc.driver to
      io.rxrpc.testkit,
      io.rxrpc.cli,
      io.rxrpc.bench,
      io.rxrpc.interop;
}
