// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.kernel;

import java.io.IOException;

/**
 * Ours, and the kernels in our place.
 *
 * @param kernelsFrom the same as {@code kernelsTo} where the guests are of one kind
 */
record Columns(Column toKernel, Column fromKernel, Column kernelsTo, Column kernelsFrom) {
  /** Something that each column does. */
  interface Work {
    Result by(Column column) throws IOException;
  }

  Row row(String what, Work work) throws IOException {
    Result kernels = work.by(kernelsTo);
    return new Row(
        what,
        work.by(toKernel),
        work.by(fromKernel),
        kernels,
        kernelsFrom.equals(kernelsTo) ? kernels : work.by(kernelsFrom));
  }
}
