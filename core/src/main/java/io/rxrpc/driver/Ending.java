// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.engine.Completion;
import io.rxrpc.udp.Errno;
import org.jspecify.annotations.Nullable;

/** Whether and why an endpoint is over. Written under the lock, read by all. */
final class Ending {
  /** Made beforehand: there may be no memory left for another. */
  private static final Completion FAILED = local(Errno.ENOMEM, "the endpoint failed");

  private volatile @Nullable Completion why;
  private volatile @Nullable Throwable cause;

  /** How calls fail from now on, or null while the endpoint lives. */
  @Nullable Completion why() {
    return why;
  }

  boolean isOver() {
    return why != null;
  }

  /** It was closed. Only the first reason counts. */
  void closed() {
    if (why == null) {
      why = local(Errno.ESHUTDOWN, "the endpoint is closed");
    }
  }

  /** Something that must not happen has happened; false if it was over before. */
  boolean failed(Throwable what) {
    if (why != null) {
      return false;
    }
    cause = what;
    why = FAILED;
    if (!(what instanceof VirtualMachineError)) {
      why = local(Errno.EIO, "the endpoint failed: " + what);
    }
    return true;
  }

  /** The exception for a call that failed so. */
  CallFailure failure(Completion how) {
    return new CallFailure(how, how.equals(why) ? cause : null);
  }

  static Completion local(Errno errno, String reason) {
    return new Completion(Completion.Kind.LOCAL_ERROR, 0, errno.number(), reason);
  }
}
