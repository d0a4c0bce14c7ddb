// SPDX-License-Identifier: Apache-2.0
/** The services of AFS, typed: clients, servers, error tables. */
module io.rxrpc.afs {
  requires transitive io.rxrpc.rpc;
  requires static org.jspecify;

  exports io.rxrpc.afs;
  exports io.rxrpc.afs.bos;
  exports io.rxrpc.afs.cb;
  exports io.rxrpc.afs.dump;
  exports io.rxrpc.afs.error;
  exports io.rxrpc.afs.fs;
  exports io.rxrpc.afs.pt;
  exports io.rxrpc.afs.stats;
  exports io.rxrpc.afs.ubik;
  exports io.rxrpc.afs.vl;
  exports io.rxrpc.afs.vol;

  provides io.rxrpc.AbortCodeTable with
      io.rxrpc.afs.error.AfsAbortCodes;
}
