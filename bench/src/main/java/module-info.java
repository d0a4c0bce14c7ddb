// SPDX-License-Identifier: Apache-2.0
/** JMH benchmarks of the hot paths. */
module io.rxrpc.bench {
  requires io.rxrpc;
  requires io.rxrpc.rpc;
  requires io.rxrpc.testkit;
  requires jmh.core;
  requires static org.jspecify;
}
