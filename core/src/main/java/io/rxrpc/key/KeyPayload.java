// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.key;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a key holds. */
public sealed interface KeyPayload permits ClientTokens, ServerSecret, KeyPayload.Empty {
  /** Clears the secrets; they cannot be had afterwards. */
  void destroy();

  /** {@return when the content itself ends, or null} */
  default @Nullable Instant expiry() {
    return null;
  }

  /** {@return a few words for a list of keys, without any secret; may be empty} */
  String summary();

  /** The payload of a keyring. */
  enum Empty implements KeyPayload {
    /** Nothing. */
    NOTHING;

    @Override
    public void destroy() {}

    @Override
    public String summary() {
      return "";
    }
  }
}
