// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.peers;

/** This machine cannot have the peer; the message says why. */
final class Unavailable extends Exception {
  private static final long serialVersionUID = 1L;

  Unavailable(String why) {
    super(why);
  }
}
