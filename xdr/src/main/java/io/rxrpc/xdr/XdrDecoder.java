// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value: {@code Entry::decode}.
 *
 * @param <T> the value's type
 */
@FunctionalInterface
public interface XdrDecoder<T extends @Nullable Object> {
  /**
   * Reads exactly the octets of one value.
   *
   * @param in where it is read from
   * @return this
   * @throws XdrException when they are not such a value; the path in it begins below the value
   * @throws IOException when the stream fails
   */
  T decode(XdrReader in) throws IOException;
}
