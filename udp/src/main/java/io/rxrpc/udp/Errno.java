// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import org.jspecify.annotations.Nullable;

/** The error numbers of Linux that networks and their sockets give, the same on every platform. */
public enum Errno {
  /** Operation not permitted, for example by a packet filter. */
  EPERM(1, "operation not permitted"),
  /** No such entry. */
  ENOENT(2, "no such entry"),
  /** Interrupted by a signal. */
  EINTR(4, "interrupted"),
  /** Input/output error. */
  EIO(5, "input/output error"),
  /** The other side is out of memory, or we are. */
  ENOMEM(12, "out of memory"),
  /** Bad descriptor. */
  EBADF(9, "bad descriptor"),
  /** Would block. */
  EAGAIN(11, "would block"),
  /** Permission denied, for example a broadcast address or an administrative filter. */
  EACCES(13, "permission denied"),
  /** Bad address. */
  EFAULT(14, "bad memory address"),
  /** Busy. */
  EBUSY(16, "busy"),
  /** Invalid argument. */
  EINVAL(22, "invalid argument"),
  /** Too many open files in the process. */
  EMFILE(24, "too many open files"),
  /** Too many open files in the system. */
  ENFILE(23, "too many open files in the system"),
  /** It would go round in a circle. */
  EDEADLK(35, "it would contain itself"),
  /** Nested too deep. */
  ELOOP(40, "too many levels"),
  /** Something that would be needed is not here. */
  ENOPKG(65, "package not installed"),
  /** The call ran out of time. */
  ETIME(62, "timer expired"),
  /** Bad slot: no such tag, or a tag in use. */
  EBADSLT(57, "invalid slot"),
  /** Value out of range. */
  ERANGE(34, "value out of range"),
  /** No data. */
  ENODATA(61, "no data"),
  /** Host is not on the network (ICMP). */
  ENONET(64, "machine is not on the network"),
  /** Protocol error (ICMP parameter problem). */
  EPROTO(71, "protocol error"),
  /** Malformed packet. */
  EBADMSG(74, "bad message"),
  /** Nobody is at the other end any more. */
  EPIPE(32, "broken pipe"),
  /** No destination was given. */
  EDESTADDRREQ(89, "destination address required"),
  /** Socket type not supported. */
  ESOCKTNOSUPPORT(94, "socket type not supported"),
  /** Already connected. */
  EISCONN(106, "already connected"),
  /** Datagram too large for the path or the protocol. */
  EMSGSIZE(90, "message too long"),
  /** Option or protocol not available (ICMP protocol unreachable). */
  ENOPROTOOPT(92, "protocol not available"),
  /** Protocol not supported. */
  EPROTONOSUPPORT(93, "protocol not supported"),
  /** Operation not supported. */
  EOPNOTSUPP(95, "operation not supported"),
  /** The port does not speak this address family. */
  EAFNOSUPPORT(97, "address family not supported"),
  /** Address in use. */
  EADDRINUSE(98, "address already in use"),
  /** Address not of this host. */
  EADDRNOTAVAIL(99, "address not available"),
  /** Network is down. */
  ENETDOWN(100, "network is down"),
  /** No route to the network. */
  ENETUNREACH(101, "network is unreachable"),
  /** Connection lost on reset of the network. */
  ENETRESET(102, "network dropped connection on reset"),
  /** Connection aborted. */
  ECONNABORTED(103, "connection aborted"),
  /** Connection reset. */
  ECONNRESET(104, "connection reset"),
  /** No buffer space. */
  ENOBUFS(105, "no buffer space available"),
  /** Shut down. */
  ESHUTDOWN(108, "cannot send after shutdown"),
  /** Timed out. */
  ETIMEDOUT(110, "timed out"),
  /** Nobody listens on that port. */
  ECONNREFUSED(111, "connection refused"),
  /** Host is down. */
  EHOSTDOWN(112, "host is down"),
  /** No route to the host, or it expired on the way. */
  EHOSTUNREACH(113, "no route to host"),
  /** Cancelled. */
  ECANCELED(125, "cancelled"),
  /** Key required but not available. */
  ENOKEY(126, "required key not available"),
  /** Key expired. */
  EKEYEXPIRED(127, "key has expired"),
  /** Key revoked. */
  EKEYREVOKED(128, "key has been revoked"),
  /** Key rejected by the service. */
  EKEYREJECTED(129, "key was rejected by service");

  private static final Errno[] BY_NUMBER = new Errno[130];

  static {
    for (Errno errno : values()) {
      BY_NUMBER[errno.number] = errno;
    }
  }

  private final int number;
  private final String text;

  Errno(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /** {@return the number, positive} */
  public int number() {
    return number;
  }

  /** {@return what it means, in a few lower-case words} */
  public String text() {
    return text;
  }

  /**
   * {@return the constant of this number, or null when it is not listed here}
   *
   * @param number the number
   */
  public static @Nullable Errno of(int number) {
    return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
  }

  /**
   * {@return {@code ECONNREFUSED}, or {@code errno 4711} for a number that is not listed here}
   *
   * @param number the number
   */
  public static String name(int number) {
    Errno errno = of(number);
    return errno == null ? "errno " + number : errno.name();
  }

  /**
   * {@return {@code ECONNREFUSED: connection refused}, or {@code errno 4711}}
   *
   * @param number the number
   */
  public static String describe(int number) {
    Errno errno = of(number);
    return errno == null ? "errno " + number : errno.name() + ": " + errno.text;
  }
}
