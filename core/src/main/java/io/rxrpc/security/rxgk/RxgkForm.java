// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import io.rxrpc.key.RxgkToken;
import org.jspecify.annotations.Nullable;

/**
 * The two forms of rxgk. Challenge, response and packets are the same; what stands in a token, and
 * the numbers of the errors, are not.
 */
public enum RxgkForm {
  /** The form of the drafts, which OpenAFS speaks: security index 4. */
  OPENAFS(RxgkToken.OPENAFS, "rxgk"),
  /** The form of YFS, which AuriStor and Linux speak: security index 6. */
  YFS(RxgkToken.YFS, "yfs-rxgk");

  private final int index;
  private final String mechanism;

  RxgkForm(int index, String mechanism) {
    this.index = index;
    this.mechanism = mechanism;
  }

  /** {@return its security index} */
  public int index() {
    return index;
  }

  /** {@return what vouches for those whom it verifies: {@code rxgk} or {@code yfs-rxgk}} */
  public String mechanism() {
    return mechanism;
  }

  /**
   * {@return the form with this security index, or null}
   *
   * @param securityIndex the security index
   */
  public static @Nullable RxgkForm of(int securityIndex) {
    return switch (securityIndex) {
      case RxgkToken.OPENAFS -> OPENAFS;
      case RxgkToken.YFS -> YFS;
      default -> null;
    };
  }

  @Override
  public String toString() {
    return mechanism;
  }
}
