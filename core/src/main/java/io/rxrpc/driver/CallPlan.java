// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.engine.CallWishes;
import io.rxrpc.security.ClientSecurity;
import java.net.InetSocketAddress;

/**
 * Where a client's call goes, and how.
 *
 * @param serviceId 1..65535
 * @param timeoutNanos the call's limit from its beginning; 0 for what is tuned
 */
public record CallPlan(
    InetSocketAddress to,
    int serviceId,
    ClientSecurity security,
    CallWishes wishes,
    long timeoutNanos) {

  /**
   * The same with another security.
   *
   * @param inEngine what stands for it in the engine
   */
  CallPlan with(ClientSecurity inEngine) {
    return new CallPlan(to, serviceId, inEngine, wishes, timeoutNanos);
  }
}
