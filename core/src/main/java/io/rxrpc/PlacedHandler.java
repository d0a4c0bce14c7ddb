// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A handler with an executor of its own. */
record PlacedHandler(CallHandler handler, Executor executor) implements CallHandler {
  @Override
  public void handle(ServerCall call) throws Exception {
    handler.handle(call);
  }

  @Override
  public @Nullable Requirement requirement() {
    return handler.requirement();
  }
}
