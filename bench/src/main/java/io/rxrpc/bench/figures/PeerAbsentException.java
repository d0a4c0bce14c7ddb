// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures;

import java.io.IOException;

/** A peer is not on this machine and cannot be brought; the message says what is missing. */
final class PeerAbsentException extends IOException {
  private static final long serialVersionUID = 1;

  PeerAbsentException(String why) {
    super(why);
  }
}
