// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.driver.CallWatcher;
import io.rxrpc.driver.Wakeups;
import io.rxrpc.engine.Call;
import org.jspecify.annotations.Nullable;

/** A call that has arrived and has no tag yet. Under the driver's lock. */
final class PendingCall implements CallWatcher {
  final Call call;
  private final AcceptQueue queue;

  /** The message that tells of it, while it is in the inbox. */
  Inbox.@Nullable Entry message;

  PendingCall(AcceptQueue queue, Call call) {
    this.queue = queue;
    this.call = call;
    call.attach(this);
  }

  @Override
  public void happened(int events, long now, Wakeups wakeups) {
    if (call.completion() != null) {
      queue.lost(this);
      call.release(now);
    }
  }
}
