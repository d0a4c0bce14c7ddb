/** The services of AFS, typed: clients, servers, error tables. */
module io.rxrpc.afs {
  requires transitive io.rxrpc.rpc;
  requires static org.jspecify;

  exports io.rxrpc.afs;
  exports io.rxrpc.afs.dump;
}
