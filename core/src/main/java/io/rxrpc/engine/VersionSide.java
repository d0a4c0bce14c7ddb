// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.policy.RateLimit;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.Version;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** VERSION packets, both ways: who asks us, and what peers answered to those who ask here. */
final class VersionSide {
  /** Answers that nobody has taken yet; whoever waits takes them at once. */
  private static final int MOST = 64;

  private final EngineContext context;
  private final String text;
  private final RateLimit rate;
  private final ArrayDeque<VersionReply> replies = new ArrayDeque<>();

  /**
   * @param text the answer to those who ask, at most 64 ASCII characters
   */
  VersionSide(EngineContext context, String text, long now) {
    this.context = context;
    this.text = text;
    rate = new RateLimit(context.tunables.get(Tunable.VERSION_RATE), now);
  }

  @Nullable VersionReply poll() {
    return replies.poll();
  }

  /** A packet of type VERSION has come; whether it shows that its sender lives. */
  boolean packet(Arrival a) {
    if (Version.isRequest(a.memory(), a.at(), a.length())) {
      if (rate.permits(a.now())) {
        context.control.versionReply(a, text);
      }
      return false;
    }
    boolean reply = !Header.isClientInitiated(a.memory(), a.at()) && a.length() > Header.LENGTH + 1;
    if (reply && replies.size() < MOST) {
      String version = Version.text(a.memory(), a.at(), a.length());
      replies.add(new VersionReply(a.from(), a.callNumber(), version));
    }
    return reply;
  }
}
