// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The socket's error queue (IP_RECVERR, IPV6_RECVERR), read into {@link PendingErrors}. Used by the
 * receiving and the sending thread.
 */
final class ErrorQueue {
  private static final int CONTROL = 512;

  /** More than a socket buffer of default size can hold; what is left raises POLLERR again. */
  private static final int MOST_AT_ONCE = 1024;

  private final LinuxCalls calls;
  private final int fd;
  private final PendingErrors pending;
  private final MemorySegment errno = LinuxCalls.newErrno();
  private final AddressCache destinations = new AddressCache(64);
  private final MemorySegment message;
  private final MemorySegment name;
  private final MemorySegment control;
  private @Nullable InetAddress lastLocal;
  private int lastLocalMtu;

  ErrorQueue(LinuxCalls calls, int fd, PendingErrors pending, Arena arena) {
    this.calls = calls;
    this.fd = fd;
    this.pending = pending;
    message = arena.allocate(Linux.MMSGHDR, 64);
    name = arena.allocate(Linux.NAME, 64);
    control = arena.allocate(CONTROL, 64);
    message.set(JAVA_LONG, Linux.MSG_NAME, name.address());
    message.set(JAVA_LONG, Linux.MSG_CONTROL, control.address());
    // No vector: of the datagram that failed nothing is wanted but its destination.
  }

  /** Reads the queue to its end; returns how many errors of ICMP there were. */
  synchronized int drain() {
    int icmp = 0;
    for (int i = 0; i < MOST_AT_ONCE; i++) {
      message.set(JAVA_INT, Linux.MSG_NAMELEN, Linux.NAME);
      message.set(JAVA_LONG, Linux.MSG_CONTROLLEN, CONTROL);
      message.set(JAVA_INT, Linux.MSG_FLAGS, 0);
      int result =
          calls.recvmsg(errno, fd, message.address(), Linux.MSG_ERRQUEUE | Linux.MSG_DONTWAIT);
      if (result < 0 && result != -Errno.EINTR.number()) {
        break;
      }
      if (result >= 0 && read()) {
        icmp++;
      }
    }
    return icmp;
  }

  /**
   * The MTU that the kernel queued with our own last failure to send to this address, or -1 when it
   * queued none. The queue is no report of its own: the port is missing there, and the sender, who
   * gets the errno as well, knows it.
   */
  synchronized int takeLocalMtu(InetAddress destination) {
    // without the zone, which the kernel does not tell here: it is our own last send anyway
    int mtu = destination.equals(lastLocal) ? lastLocalMtu : -1;
    lastLocal = null;
    return mtu;
  }

  /** Keeps one error; true when it came by ICMP. */
  private boolean read() {
    if (message.get(JAVA_INT, Linux.MSG_NAMELEN) < Linux.SOCKADDR_IN) {
      return false;
    }
    long at = 0;
    long end = message.get(JAVA_LONG, Linux.MSG_CONTROLLEN);
    while (at + Linux.CMSG_DATA + 16 <= end) {
      long size = control.get(JAVA_LONG, at + Linux.CMSG_LEN);
      int level = control.get(JAVA_INT, at + Linux.CMSG_LEVEL);
      int type = control.get(JAVA_INT, at + Linux.CMSG_TYPE);
      if ((level == Linux.SOL_IP && type == Linux.IP_RECVERR)
          || (level == Linux.SOL_IPV6 && type == Linux.IPV6_RECVERR)) {
        return keep(at + Linux.CMSG_DATA);
      }
      if (size < Linux.CMSG_DATA) {
        break;
      }
      at += (size + 7) & ~7L;
    }
    return false;
  }

  /** The struct sock_extended_err: errno, origin, type, code, padding, info, data. */
  private boolean keep(long at) {
    int number = control.get(JAVA_INT, at);
    int origin = control.get(JAVA_BYTE, at + 4);
    int mtu = number == Errno.EMSGSIZE.number() ? control.get(JAVA_INT, at + 8) : 0;
    boolean icmp = origin == Linux.SO_EE_ORIGIN_ICMP || origin == Linux.SO_EE_ORIGIN_ICMP6;
    if (!icmp && origin != Linux.SO_EE_ORIGIN_LOCAL) {
      return false;
    }
    InetSocketAddress destination = destinations.socketAddress(name, 0);
    if (icmp) {
      pending.add(new PortError(destination, number, PortError.Kind.ICMP, Math.max(mtu, 0)));
    } else {
      lastLocal = destination.getAddress();
      lastLocalMtu = Math.max(mtu, 0);
    }
    return icmp;
  }
}
