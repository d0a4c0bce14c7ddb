// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

/** A test's look behind the public face. */
final class SocketAccess {
  private SocketAccess() {}

  static CallTable table(RxrpcSocket s) {
    CallTable t = s.setup.table();
    if (t == null) {
      throw new IllegalStateException("not bound");
    }
    return t;
  }
}
