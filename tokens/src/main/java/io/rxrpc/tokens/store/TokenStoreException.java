// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.store;

import java.io.IOException;

/** A store of tokens that cannot be used, or must not be; the message says why and what to do. */
public final class TokenStoreException extends IOException {
  private static final long serialVersionUID = 1L;

  TokenStoreException(String message) {
    super(message);
  }
}
