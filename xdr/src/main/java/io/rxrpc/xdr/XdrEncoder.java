// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import java.io.IOException;

/**
 * Writes a value: {@code Entry::encode}.
 *
 * @param <T> the value's type
 */
@FunctionalInterface
public interface XdrEncoder<T> {
  /**
   * Writes the octets of one value.
   *
   * @param value the value
   * @param out where it is written to
   * @throws XdrException when it is out of the bounds of its type
   * @throws IOException when the stream fails
   */
  void encode(T value, XdrWriter out) throws IOException;
}
