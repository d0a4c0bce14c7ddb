package io.rxrpc.engine;

import io.rxrpc.security.ServerSecurity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service that an endpoint offers. */
public final class Service {
  private final int id;
  private final List<ServerSecurity> securities;
  private final Object owner;

  /** Calls that arrived and were not accepted yet. */
  int pending;

  /** Calls being served. */
  int active;

  boolean closed;

  Service(int id, List<ServerSecurity> securities, Object owner) {
    this.id = id;
    this.securities = List.copyOf(securities);
    this.owner = owner;
  }

  /** The service id, 1..65535. */
  public int id() {
    return id;
  }

  /** What the application gave when it added the service. */
  public Object owner() {
    return owner;
  }

  /** The security class offered under an index, or null. */
  @Nullable ServerSecurity security(int index) {
    for (ServerSecurity s : securities) {
      if (s.securityIndex() == index) {
        return s;
      }
    }
    return null;
  }
}
