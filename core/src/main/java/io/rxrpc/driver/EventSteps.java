// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

/** What goes on with a call at its events, in place of threads that wait in it. */
interface EventSteps extends Errand {
  /** Under the lock: asks for a step; true if nobody is about to take one. */
  boolean wanted();
}
