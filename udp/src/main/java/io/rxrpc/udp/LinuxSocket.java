// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Opens, sets up and binds the socket of a LinuxPort; what is asked once in its life. */
final class LinuxSocket {
  private final LinuxCalls calls;
  private final MemorySegment errno = LinuxCalls.newErrno();
  private final MemorySegment value;
  private final MemorySegment length;
  private final boolean ipv6;
  private final int fd;

  private LinuxSocket(LinuxCalls calls, InetAddress address, Arena arena) throws IOException {
    this.calls = calls;
    ipv6 = address instanceof Inet6Address;
    value = arena.allocate(Linux.NAME, 8);
    length = arena.allocate(JAVA_INT);
    fd =
        check(
            "socket",
            calls.socket(
                errno,
                ipv6 ? Linux.AF_INET6 : Linux.AF_INET,
                Linux.SOCK_DGRAM | Linux.SOCK_NONBLOCK | Linux.SOCK_CLOEXEC,
                0));
  }

  /** Opens and binds; the memory of the arena is needed only as long as this object is used. */
  static LinuxSocket open(LinuxCalls calls, PortOptions options, Arena arena) throws IOException {
    LinuxSocket socket = new LinuxSocket(calls, options.local().getAddress(), arena);
    try {
      socket.setUp(options);
      socket.bind(options.local());
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.calls.close(socket.errno, socket.fd);
      throw e;
    }
  }

  int fd() {
    return fd;
  }

  boolean ipv6() {
    return ipv6;
  }

  private void setUp(PortOptions options) throws IOException {
    if (options.reusePort()) {
      require("SO_REUSEPORT", Linux.SOL_SOCKET, Linux.SO_REUSEPORT, 1);
    }
    if (ipv6) {
      // Only the wildcard can be dual-stack.
      boolean wildcard = options.local().getAddress().isAnyLocalAddress();
      require("IPV6_V6ONLY", Linux.SOL_IPV6, Linux.IPV6_V6ONLY, wildcard ? 0 : 1);
      require("IPV6_RECVPKTINFO", Linux.SOL_IPV6, Linux.IPV6_RECVPKTINFO, 1);
      require("IPV6_RECVERR", Linux.SOL_IPV6, Linux.IPV6_RECVERR, 1);
    } else {
      require("IP_PKTINFO", Linux.SOL_IP, Linux.IP_PKTINFO, 1);
    }
    // On a dual-stack socket as well: the errors of its IPv4 traffic go by this one.
    require("IP_RECVERR", Linux.SOL_IP, Linux.IP_RECVERR, 1);
    grow(options.receiveBufferBytes(), Linux.SO_RCVBUF, Linux.SO_RCVBUFFORCE);
    grow(options.sendBufferBytes(), Linux.SO_SNDBUF, Linux.SO_SNDBUFFORCE);
    // A kernel before 5.0 has no GRO: then every datagram comes alone.
    set(Linux.SOL_UDP, Linux.UDP_GRO, 1);
  }

  /** Asks for a size in the way of everybody, and beyond the system's limit where we may. */
  private void grow(int bytes, int option, int force) throws IOException {
    if (bytes == 0) {
      return;
    }
    require("buffer size", Linux.SOL_SOCKET, option, bytes);
    if (bufferSize(option) < bytes) {
      set(Linux.SOL_SOCKET, force, bytes); // needs CAP_NET_ADMIN; what was got is reported
    }
  }

  private void bind(InetSocketAddress local) throws IOException {
    int size = encode(local);
    int result = calls.bind(errno, fd, value.address(), size);
    if (result < 0) {
      throw new BindException(Errno.describe(-result) + ": " + local);
    }
  }

  private int encode(InetSocketAddress local) {
    AddressCodes codes = new AddressCodes(2);
    int slot = codes.slot(local.getAddress());
    value.fill((byte) 0);
    value.set(Linux.SHORT_BE, Linux.SIN_PORT, (short) local.getPort());
    if (!ipv6) {
      value.set(JAVA_SHORT, Linux.SIN_FAMILY, (short) Linux.AF_INET);
      value.set(Linux.INT_BE, Linux.SIN_ADDR, (int) codes.low(slot));
      return Linux.SOCKADDR_IN;
    }
    value.set(JAVA_SHORT, Linux.SIN_FAMILY, (short) Linux.AF_INET6);
    value.set(Linux.LONG_BE, Linux.SIN6_ADDR, codes.high(slot));
    value.set(Linux.LONG_BE, Linux.SIN6_ADDR + 8, codes.low(slot));
    value.set(JAVA_INT, Linux.SIN6_SCOPE, codes.scope(slot));
    return Linux.SOCKADDR_IN6;
  }

  InetSocketAddress localAddress() throws IOException {
    length.set(JAVA_INT, 0, Linux.NAME);
    check("getsockname", calls.getsockname(errno, fd, value.address(), length.address()));
    return new AddressCache(2).socketAddress(value, 0);
  }

  int receiveBufferSize() throws IOException {
    return bufferSize(Linux.SO_RCVBUF);
  }

  int sendBufferSize() throws IOException {
    return bufferSize(Linux.SO_SNDBUF);
  }

  /** Whether the kernel cuts trains (4.18 and later); an older one would send them uncut. */
  boolean segmentation() {
    return set(Linux.SOL_UDP, Linux.UDP_SEGMENT, 0) == 0;
  }

  private int bufferSize(int option) throws IOException {
    length.set(JAVA_INT, 0, Integer.BYTES);
    check(
        "getsockopt",
        calls.getsockopt(errno, fd, Linux.SOL_SOCKET, option, value.address(), length.address()));
    return value.get(JAVA_INT, 0) / 2; // Linux doubles what was asked, for its bookkeeping
  }

  private void require(String name, int level, int option, int number) throws IOException {
    check(name, set(level, option, number));
  }

  private int set(int level, int option, int number) {
    value.set(JAVA_INT, 0, number);
    return calls.setsockopt(errno, fd, level, option, value.address(), Integer.BYTES);
  }

  private static int check(String what, int result) throws IOException {
    if (result < 0) {
      throw new IOException(what + ": " + Errno.describe(-result));
    }
    return result;
  }
}
