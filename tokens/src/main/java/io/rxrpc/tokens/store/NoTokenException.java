// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.store;

import java.io.IOException;

/** There is no token that could be used; the message says how to get one. */
public final class NoTokenException extends IOException {
  private static final long serialVersionUID = 1L;

  NoTokenException(String message) {
    super(message);
  }
}
