// SPDX-License-Identifier: Apache-2.0
/** A simulated network with virtual time, and peers that misbehave on purpose. */
module io.rxrpc.testkit {
  requires transitive io.rxrpc;
  requires static org.jspecify;

  exports io.rxrpc.testkit;
  exports io.rxrpc.testkit.memory;
  exports io.rxrpc.testkit.peer;
}
