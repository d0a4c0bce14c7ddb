// SPDX-License-Identifier: Apache-2.0
/** What the tests against real peers share. */
module io.rxrpc.interop {
  requires io.rxrpc;
  requires io.rxrpc.cli;
  requires io.rxrpc.testkit;
  requires static org.jspecify;
}
