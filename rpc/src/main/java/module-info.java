// SPDX-License-Identifier: Apache-2.0
/** What clients and services generated from interface descriptions stand on. */
module io.rxrpc.rpc {
  requires transitive io.rxrpc;
  requires transitive io.rxrpc.xdr;
  requires static org.jspecify;

  exports io.rxrpc.rpc;
}
