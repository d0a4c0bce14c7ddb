// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import io.rxrpc.security.SecurityFailure;

/** Says whether a connection's key may still be used, at this moment of wall time. */
@FunctionalInterface
interface KeyCheck {
  /** No check. */
  KeyCheck NONE = () -> {};

  /** Returns if the key may be used. */
  void check() throws SecurityFailure;
}
