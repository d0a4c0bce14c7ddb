// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.udp.Errno;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;

/** Which addresses a socket can use. */
record AddressFamily(ProtocolFamily family) {
  /**
   * The address as what it must be.
   *
   * @throws SocketErrorException EAFNOSUPPORT when it is not
   */
  RxrpcAddress checked(SocketAddress address) throws SocketErrorException {
    if (!(address instanceof RxrpcAddress a)) {
      throw new SocketErrorException(Errno.EAFNOSUPPORT, address + " is not an Rx address");
    }
    boolean v4 = a.transport().getAddress() instanceof Inet4Address;
    if (!v4 && family == StandardProtocolFamily.INET) {
      throw new SocketErrorException(Errno.EAFNOSUPPORT, a + " on a socket for IPv4");
    }
    return a;
  }

  /** All addresses of this host; for IPv6 those of IPv4 too. */
  InetAddress wildcard() throws UnknownHostException {
    int length = family == StandardProtocolFamily.INET ? 4 : 16;
    return InetAddress.getByAddress(new byte[length]);
  }
}
