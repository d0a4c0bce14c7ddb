// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.error;

import io.rxrpc.AbortCodeTable;
import io.rxrpc.rpc.ErrorCode;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives names to the abort codes of AFS, wherever codes are shown, as soon as this module is there.
 * The errno of a server's system are left out: what the number 2 means depends on the service.
 */
public final class AfsAbortCodes implements AbortCodeTable {
  /** For {@link java.util.ServiceLoader}. */
  public AfsAbortCodes() {}

  @Override
  public Map<Integer, String> names() {
    Map<Integer, String> names = new HashMap<>();
    for (ErrorCode code : AfsErrors.certain()) {
      names.put(code.value(), code.name());
    }
    return Map.copyOf(names);
  }
}
