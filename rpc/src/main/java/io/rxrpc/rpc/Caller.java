// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import io.rxrpc.ServerCall;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityLevel;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Who calls a procedure, and how. Valid while the procedure runs. */
public final class Caller {
  private final ServerCall call;
  private final Procedure procedure;

  Caller(ServerCall call, Procedure procedure) {
    this.call = call;
    this.procedure = procedure;
  }

  /** {@return what it calls} */
  public Procedure procedure() {
    return procedure;
  }

  /** {@return the address that calls} */
  public InetSocketAddress address() {
    return call.client();
  }

  /** {@return the service that is called, 1..65535} */
  public int serviceId() {
    return call.serviceId();
  }

  /** {@return who it is, as its ticket says; null when nobody was verified} */
  public @Nullable PeerIdentity identity() {
    return call.identity();
  }

  /** {@return the protection in force on its connection; null without security} */
  public @Nullable SecurityLevel level() {
    return call.level();
  }

  /** {@return whether the call is over because it failed: what the procedure does is for nobody} */
  public boolean isAborted() {
    return call.isAborted();
  }

  /** For example {@code SAMPLE_Add (501) of 127.0.0.1:7001}. */
  @Override
  public String toString() {
    return procedure + " of " + address();
  }
}
