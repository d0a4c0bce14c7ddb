package io.rxrpc.interop.kernel;

import java.util.List;

/**
 * The same done by all.
 *
 * @param toKernel our client and the kernel's server
 * @param fromKernel the kernel's client and our server
 * @param kernelsTo another kernel's client and the same server
 * @param kernelsFrom the same client and another kernel's server
 */
record Row(String what, Result toKernel, Result fromKernel, Result kernelsTo, Result kernelsFrom) {
  static Row empty(String what) {
    return new Row(what, Result.NOTHING, Result.NOTHING, Result.NOTHING, Result.NOTHING);
  }

  Row and(Row other) {
    return new Row(
        what,
        toKernel.and(other.toKernel),
        fromKernel.and(other.fromKernel),
        kernelsTo.and(other.kernelsTo),
        kernelsFrom.and(other.kernelsFrom));
  }

  /** Whether we did worse than a kernel in our place. */
  boolean bad() {
    return toKernel.worseThan(kernelsTo) || fromKernel.worseThan(kernelsFrom);
  }

  /** How ours went wrong. */
  List<String> notes() {
    return toKernel.and(fromKernel).notes();
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
