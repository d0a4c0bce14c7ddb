// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A handler with a requirement. */
record RequiringHandler(CallHandler handler, Requirement requirement) implements CallHandler {
  @Override
  public void handle(ServerCall call) throws Exception {
    handler.handle(call);
  }

  @Override
  public @Nullable Executor executor() {
    return handler.executor();
  }
}
