// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import java.io.IOException;
import java.net.NoRouteToHostException;
import java.util.Locale;

/** Finds the Linux errno behind an exception of NIO, which keeps only the system's text. */
final class NioErrno {
  private NioErrno() {}

  static int of(IOException failure) {
    if (failure instanceof NoRouteToHostException) {
      return Errno.EHOSTUNREACH.number();
    }
    String message = failure.getMessage();
    String text = message == null ? "" : message.toLowerCase(Locale.ROOT);
    // Linux and macOS give strerror texts, Windows its own sentences.
    if (text.contains("too long") || text.contains("larger than")) {
      return Errno.EMSGSIZE.number();
    }
    if (text.contains("network is unreachable") || text.contains("unreachable network")) {
      return Errno.ENETUNREACH.number();
    }
    if (text.contains("no buffer space")) {
      return Errno.EAGAIN.number();
    }
    if (text.contains("port 0") || text.contains("address not valid")) {
      return Errno.EINVAL.number();
    }
    for (Errno errno : Errno.values()) {
      if (text.contains(errno.text())) {
        return errno.number();
      }
    }
    return Errno.EIO.number();
  }
}
