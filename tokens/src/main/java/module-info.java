// SPDX-License-Identifier: Apache-2.0
/** Server keys from files, tokens from Kerberos, and where tokens are kept. */
module io.rxrpc.tokens {
  requires transitive io.rxrpc;
  requires java.security.jgss;
  requires io.rxrpc.xdr;
  requires jdk.security.auth;
  requires jdk.security.jgss;
  requires static org.jspecify;

  exports io.rxrpc.tokens.keyfile;
  exports io.rxrpc.tokens.klog;
  exports io.rxrpc.tokens.krb5;
  exports io.rxrpc.tokens.rxgk;
  exports io.rxrpc.tokens.store;
}
