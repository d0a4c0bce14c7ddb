package io.rxrpc.engine;

import org.jspecify.annotations.Nullable;

/**
 * Cryptography that must not run in the loop: answering a CHALLENGE or verifying a RESPONSE. {@link
 * #run} is called outside the endpoint's lock, then {@link #finish} under it.
 */
public abstract class SecurityTask {
  SecurityTask() {}

  /** Does the work. Touches nothing of the endpoint. */
  public abstract void run();

  /** After {@link #run}: why a client was refused, for the server's log; null if none was. */
  public abstract @Nullable String refusal();

  /** Hands the result to the endpoint. */
  public abstract void finish(long now);

  /** Instead of {@link #finish}, when the endpoint is over: clears what {@link #run} yielded. */
  public abstract void discard();
}
