// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import org.jspecify.annotations.Nullable;

/** Something a thread wants of the engine, done by whoever holds the lock next. */
abstract class Command {
  /** The one given before; for {@link Commands}. */
  @Nullable Command previousCommand;

  /** 1 if the thread that gave it has come to send something, 0 if it only tidied up. */
  int weight() {
    return 1;
  }

  /** Does it, under the lock. Throws nothing that the one who gave it should know. */
  abstract void execute(long now, Wakeups wakeups);
}
