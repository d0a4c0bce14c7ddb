// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.security.ConnectionSecurity;

/** Clears the secrets of a connection that is over. */
final class Forget extends SecurityTask {
  private final ConnectionSecurity security;

  Forget(ConnectionSecurity security) {
    this.security = security;
  }

  @Override
  void work() {
    security.destroy();
  }

  @Override
  String what() {
    return "clearing the secrets of a connection";
  }

  @Override
  public boolean outlives() {
    return true;
  }

  @Override
  public void finish(long now) {}

  @Override
  public void discard() {}
}
