// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.store;

import com.sun.security.auth.module.UnixSystem;

/** Who runs this process. */
final class Owner {
  private Owner() {}

  /** The number of the user, or -1 where users have none. */
  static String uid() {
    try {
      return Long.toString(new UnixSystem().getUid());
    } catch (LinkageError | RuntimeException e) {
      return "-1";
    }
  }
}
