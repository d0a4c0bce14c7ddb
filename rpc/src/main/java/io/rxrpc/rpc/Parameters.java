// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import io.rxrpc.xdr.XdrException;
import io.rxrpc.xdr.XdrWriter;
import java.io.IOException;

/** What one side sends: the IN and INOUT parameters of a request, the OUT ones of a reply. */
@FunctionalInterface
public interface Parameters {
  /** None. */
  Parameters NONE = out -> {};

  /**
   * Writes them in the order of their declaration.
   *
   * @param out where it is written to
   * @throws XdrException when one is out of its bounds
   */
  void encode(XdrWriter out) throws IOException;
}
