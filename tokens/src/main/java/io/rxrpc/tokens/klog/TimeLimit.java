// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.klog;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits no longer than it is told for work that knows no limit of its own: Kerberos waits as long
 * as krb5.conf says, minutes for a KDC that is silent. What is given up goes on in a daemon thread.
 */
final class TimeLimit {
  private TimeLimit() {}

  /** What may take long, in a thread of its own. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /**
   * Runs it.
   *
   * @param late what to say when it takes too long
   */
  static <T> T run(Duration limit, String late, Work<T> work) throws IOException {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread worker =
        Thread.ofPlatform()
            .daemon()
            .name("rxrpc-klog")
            .unstarted(
                () -> {
                  try {
                    result.complete(work.run());
                  } catch (IOException | RuntimeException | Error e) {
                    result.completeExceptionally(e);
                  }
                });
    worker.start();
    try {
      return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw KlogException.network(late, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      if (e.getCause() instanceof RuntimeException r) {
        throw r;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KlogException("interrupted");
    }
  }
}
