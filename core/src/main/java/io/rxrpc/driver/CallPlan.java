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

  /** The same with what stands for the security in the engine. Not under the lock: it is asked. */
  CallPlan settled(EndpointDriver driver) {
    return new CallPlan(to, serviceId, driver.settled(security), wishes, timeoutNanos);
  }
}
