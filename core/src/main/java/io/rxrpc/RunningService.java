// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.driver.EndpointDriver;
import io.rxrpc.engine.Service;

/** A service that an endpoint offers. Safe for all threads. */
public final class RunningService implements AutoCloseable {
  private final EndpointDriver driver;
  private final Service service;

  RunningService(EndpointDriver driver, Service service) {
    this.driver = driver;
    this.service = service;
  }

  /** {@return the service id, 1..65535} */
  public int serviceId() {
    return service.id();
  }

  /**
   * Answers clients that ask for a newer form of this service as another one, which this endpoint
   * serves, too: a client that asks ({@link CallOptions#upgrade}) and calls this one is served by
   * the handler of {@code newer}, with the options of that. Others go on as before. Concerns
   * connections that are opened from now on.
   *
   * @param newer the service to upgrade to
   */
  public void upgradeTo(RunningService newer) {
    driver.upgrade(service, newer.service);
  }

  /**
   * Takes the service away: new calls are refused with RX_INVALID_OPERATION, those that run go on.
   * Repeated calls do nothing.
   */
  @Override
  public void close() {
    driver.removeService(service);
  }
}
