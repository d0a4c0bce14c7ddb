// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import java.io.IOException;

/** What a thing fails with that must fail. */
final class Thrown {
  private Thrown() {}

  interface Act {
    Object run() throws IOException;
  }

  static XdrException of(Act act) {
    try {
      Object value = act.run();
      throw new AssertionError("did not fail, but gave " + value);
    } catch (XdrException e) {
      return e;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
