/** RxRPC for Java: the protocol, its driver, and the client and server API. */
module io.rxrpc {
  requires transitive io.rxrpc.udp;
  requires static org.jspecify;

  exports io.rxrpc.tuning;
  exports io.rxrpc.wire to
      io.rxrpc.testkit,
      io.rxrpc.cli,
      io.rxrpc.bench,
      io.rxrpc.interop;
  exports io.rxrpc.security to
      io.rxrpc.testkit,
      io.rxrpc.cli,
      io.rxrpc.bench,
      io.rxrpc.interop;
  exports io.rxrpc.engine to
      io.rxrpc.testkit,
      io.rxrpc.cli,
      io.rxrpc.bench,
      io.rxrpc.interop;
}
