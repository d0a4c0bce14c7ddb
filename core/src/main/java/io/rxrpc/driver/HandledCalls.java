// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import java.util.function.Function;

/**
 * Has the calls of a service handled where its handler belongs.
 *
 * @param where where it runs
 * @param handling what is to be run for a call
 */
public record HandledCalls(Workplace where, Function<DriverCall, Runnable> handling)
    implements CallSink {
  @Override
  public void accept(DriverCall call) {
    where.hand(handling.apply(call));
  }

  @Override
  public boolean acceptInLoop(DriverCall call) {
    Runnable work = handling.apply(call);
    // a handler whose request is still coming would wait for it
    if (call.in().arrived() && where.here(work)) {
      return true;
    }
    where.hand(work);
    return false;
  }

  @Override
  public boolean mayBlock() {
    return where.mayBlock();
  }
}
