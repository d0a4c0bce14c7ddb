// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

/** Takes the calls that arrive for a service. */
@FunctionalInterface
public interface CallSink {
  /**
   * A call has arrived. Called in the loop, without a lock: it must not block. Whoever takes the
   * call releases it in the end. If this throws, the call is aborted.
   */
  void accept(DriverCall call);
}
