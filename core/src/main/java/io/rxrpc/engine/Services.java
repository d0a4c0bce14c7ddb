// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.table.LongMap;
import org.jspecify.annotations.Nullable;

/** The services that an endpoint offers, by their ids. */
final class Services {
  /** The userStatus of a client that is ready for a newer service. */
  private static final int UPGRADE = 1;

  private final LongMap<Service> services = new LongMap<>();
  final ServiceLoad load;

  Services(ServiceLoad load) {
    this.load = load;
  }

  Service add(int id, Offers offers, Object owner) {
    if (id < 1 || id > 0xffff) {
      throw new IllegalArgumentException("service " + id + " is outside 1..65535");
    }
    if (services.get(id) != null) {
      throw new IllegalStateException("service " + id + " is served already");
    }
    Service service = new Service(id, offers, owner, load);
    services.put(id, service);
    return service;
  }

  void remove(Service service) {
    services.remove(service.id());
  }

  @Nullable Service find(int id) {
    return services.get(id);
  }

  /** The service that answers a client which asks for one and may be ready for a newer one. */
  @Nullable Service find(int id, int userStatus) {
    Service service = services.get(id);
    return service != null && service.upgradeTo() != 0 && userStatus == UPGRADE
        ? services.get(service.upgradeTo())
        : service;
  }
}
