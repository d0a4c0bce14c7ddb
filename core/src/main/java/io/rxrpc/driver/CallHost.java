// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.engine.Call;
import io.rxrpc.engine.DebugReply;
import io.rxrpc.engine.OpenChallenge;

/**
 * An owner of services and calls that keeps its own books under the driver's lock. Given as the
 * owner of a service it gets the service's calls as they are. All methods are called under the
 * lock: they must be quick and must not block.
 */
public interface CallHost {
  /**
   * A call has arrived and its security is settled. The host attaches a {@link CallWatcher} to it,
   * and accepts and releases it.
   *
   * @param events the bits of {@link Call} so far
   */
  void arrived(Call call, int events, long now, Wakeups wakeups);

  /**
   * A call has ended before its security was settled; {@link #arrived} was never called.
   *
   * @return whether the host takes it all the same, and releases it
   */
  boolean failed(Call call, long now, Wakeups wakeups);

  /**
   * A CHALLENGE on a connection of calls that were begun with this host as {@link
   * io.rxrpc.engine.CallWishes#challenged}: the host answers it some time. Called a second time
   * when it is not open any more without an answer.
   */
  void challenged(OpenChallenge challenge, Wakeups wakeups);

  /** A peer has answered a DEBUG request; not necessarily one of this host. */
  void debugged(DebugReply reply, Wakeups wakeups);

  /** The driver has failed or is closed: whoever waits must be woken. */
  void ended(Wakeups wakeups);
}
