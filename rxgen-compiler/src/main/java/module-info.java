// SPDX-License-Identifier: Apache-2.0
/** Reads descriptions of Rx interfaces and makes Java of them. */
module io.rxrpc.rxgen {
  requires transitive io.rxrpc.xdr;
  requires java.compiler;
  requires static info.picocli;
  requires static org.jspecify;

  exports io.rxrpc.rxgen;
  exports io.rxrpc.rxgen.command to
      io.rxrpc.cli;
  exports io.rxrpc.rxgen.model;
  exports io.rxrpc.rxgen.source;
  exports io.rxrpc.rxgen.value;

  opens io.rxrpc.rxgen.command to
      info.picocli;
}
