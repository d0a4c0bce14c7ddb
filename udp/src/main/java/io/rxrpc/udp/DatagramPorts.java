// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import java.io.IOException;

/** Opens datagram ports. */
public final class DatagramPorts {

  private DatagramPorts() {}

  /**
   * Opens a port. Unless an implementation is forced, it is {@link PortKind#LINUX} where that works
   * (Linux on x86-64 or aarch64, native access enabled for this module) and else {@link
   * PortKind#NIO}. That native access alone is missing is told in the log, once.
   *
   * @param options the options
   * @return the port
   * @throws IOException when the address cannot be bound ({@link java.net.BindException}), or when
   *     LINUX is forced and not available; the message says why
   */
  public static DatagramPort open(PortOptions options) throws IOException {
    PortKind forced = options.forced();
    if (forced == PortKind.NIO) {
      return NioPort.open(options);
    }
    String missing = LinuxSupport.missing();
    if (missing == null) {
      return LinuxPort.open(options, new LinuxCalls());
    }
    if (forced == PortKind.LINUX) {
      throw new IOException("the LINUX datagram port is not available here: " + missing);
    }
    if (LinuxSupport.forbidden()) {
      NativeAccess.warn(
          DatagramPorts.class.getModule(),
          "UDP goes through NIO, which is slower and does not see that a port is closed");
    }
    return NioPort.open(options);
  }
}
