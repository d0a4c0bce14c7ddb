// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

/** A handler with a requirement that it did not have, or another one. */
record RequiringHandler(CallHandler handler, Requirement requirement) implements CallHandler {
  @Override
  public void handle(ServerCall call) throws Exception {
    handler.handle(call);
  }
}
