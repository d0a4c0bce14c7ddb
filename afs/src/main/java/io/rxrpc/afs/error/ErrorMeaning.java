// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.error;

import io.rxrpc.rpc.ErrorCode;

/**
 * One of the things that a number can mean.
 *
 * @param family where it stands
 * @param code number, name and text
 */
public record ErrorMeaning(ErrorFamily family, ErrorCode code) {
  /** For example {@code VL_NOENT (363524): no such volume in the location database}. */
  @Override
  public String toString() {
    return code.toString();
  }
}
