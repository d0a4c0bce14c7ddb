// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.security.SecurityFailure;

/**
 * What the security class refuses to seal or to unseal ends the call, always alike: the peer gets
 * the class's abort code, the application a local error with the class's errno, and what was not
 * read is discarded.
 */
public final class SealRefusal {
  private SealRefusal() {}

  /**
   * Under the lock: ends the call. One that had ended well, as all of its packets were here, has
   * not; one that had failed stays as it is.
   *
   * @return how it ended
   */
  public static Completion end(Call call, SecurityFailure why, long now) {
    String reason = String.valueOf(why.getMessage());
    call.fail(why.abortCode(), why.errno(), reason, now);
    call.gear.rx.clear();
    Completion end = call.completion();
    return end == null || end.ok()
        ? new Completion(Completion.Kind.LOCAL_ERROR, why.abortCode(), why.errno().number(), reason)
        : end;
  }
}
