// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import io.rxrpc.security.SecurityFailure;

/** Says whether a connection's token may still be used, at this moment of wall time. */
@FunctionalInterface
interface KeyLife {
  /** Returns if it may be used. */
  void check() throws SecurityFailure;
}
