// SPDX-License-Identifier: Apache-2.0
/** Programs to learn from. */
module io.rxrpc.examples {
  requires transitive io.rxrpc;
  requires io.rxrpc.testkit;
  requires io.rxrpc.tokens;
  requires static org.jspecify;

  exports io.rxrpc.examples;
}
