// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

/** Takes the calls that arrive for a service. */
@FunctionalInterface
public interface CallSink {
  /**
   * A call has arrived. Called without a lock: it must not block. Whoever takes the call releases
   * it in the end. If this throws, the call is aborted.
   */
  void accept(DriverCall call);

  /**
   * The same in the loop, which may do some of the work itself.
   *
   * @return whether the call has been served here
   */
  default boolean acceptInLoop(DriverCall call) {
    accept(call);
    return false;
  }

  /** Whether the loop may be held up by it, against its promise. */
  default boolean mayBlock() {
    return true;
  }
}
