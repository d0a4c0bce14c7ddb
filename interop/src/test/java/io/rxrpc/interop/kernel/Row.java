// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.kernel;

import java.util.List;

/**
 * The same done by all.
 *
 * @param toKernel our client and the kernel's server
 * @param fromKernel the kernel's client and our server
 * @param kernelsTo another kernel's client and the same server
 * @param kernelsFrom the same client and another kernel's server
 * @param bad whether we did worse than a kernel in our place in any trial of the row
 */
record Row(
    String what,
    Result toKernel,
    Result fromKernel,
    Result kernelsTo,
    Result kernelsFrom,
    boolean bad) {
  Row(String what, Result toKernel, Result fromKernel, Result kernelsTo, Result kernelsFrom) {
    this(
        what,
        toKernel,
        fromKernel,
        kernelsTo,
        kernelsFrom,
        toKernel.worseThan(kernelsTo) || fromKernel.worseThan(kernelsFrom));
  }

  static Row empty(String what) {
    return new Row(what, Result.NOTHING, Result.NOTHING, Result.NOTHING, Result.NOTHING);
  }

  Row and(Row other) {
    return new Row(
        what,
        toKernel.and(other.toKernel),
        fromKernel.and(other.fromKernel),
        kernelsTo.and(other.kernelsTo),
        kernelsFrom.and(other.kernelsFrom),
        bad || other.bad);
  }

  /** How ours went wrong. */
  List<String> notes() {
    Result ours = toKernel.and(fromKernel);
    return ours.bad() == 0 ? List.of() : ours.notes();
  }

  /** How theirs did. */
  List<String> kernelNotes() {
    Result kernels = kernelsTo.and(kernelsFrom);
    return kernels.bad() == 0 ? List.of() : kernels.notes().stream().distinct().toList();
  }

  /** A line of a Markdown table. */
  String line() {
    String kernels = kernelsTo.brief();
    if (!kernelsFrom.equals(kernelsTo) && kernelsFrom.calls() > 0) {
      kernels += "; " + kernelsFrom.brief();
    }
    return "| "
        + String.join(
            " | ",
            bad() ? what + " (**worse**)" : what,
            toKernel.brief(),
            fromKernel.brief(),
            kernels)
        + " |";
  }
}
