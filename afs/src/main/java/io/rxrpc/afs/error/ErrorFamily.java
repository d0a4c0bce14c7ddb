// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.error;

import io.rxrpc.rpc.ErrorCode;
import java.util.List;

/**
 * Errors that were numbered together.
 *
 * @param name what people call it: {@code VL}, {@code UAE}, {@code errno}
 * @param about whose errors these are, in a few words
 * @param codes in the order of their numbers
 */
public record ErrorFamily(String name, String about, List<ErrorCode> codes) {
  /** Keeps a copy. */
  public ErrorFamily {
    codes = List.copyOf(codes);
  }
}
