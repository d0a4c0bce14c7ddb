// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.perf;

import io.rxrpc.RemoteAbortException;
import io.rxrpc.wire.AbortCodes;

/**
 * Whether a server wants its requests to end with the magic number, as Linux's does and OpenAFS's
 * does not. The first call finds out: it is made without, and refused where that is wrong. For any
 * thread.
 */
final class RxperfDialect {
  private enum Known {
    NOTHING,
    PLAIN,
    ENDED
  }

  private volatile Known known = Known.NOTHING;

  /** Whether requests are to end with the magic number, as far as is known. */
  boolean endsRequests() {
    return known == Known.ENDED;
  }

  /** A call has succeeded. */
  void worked(boolean ended) {
    known = ended ? Known.ENDED : Known.PLAIN;
  }

  /** Whether a call that was made without the magic number is worth another try with it. */
  boolean suggestsAnotherTry(RemoteAbortException e) {
    return known != Known.PLAIN && e.code().value() == AbortCodes.RXGEN_SS_UNMARSHAL;
  }
}
