// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.machine.Surroundings;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Errno;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedChannelException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A socket of the family AF_RXRPC, as the RxRPC document describes it, on the JVM. One socket
 * carries any number of calls; each is known by a tag that the application chooses.
 *
 * <pre>{@code
 * try (var client = RxrpcSocket.open()) {
 *   client.connect(RxrpcAddress.of("127.0.0.1", 7003, 52));
 *   client.sendmsg(Message.of(1, request));
 *   ReceivedMessage reply = client.recvmsg(buffer); // tag 1, and EOR with the last of it
 * }
 * }</pre>
 *
 * <p>Safe for all threads; blocking methods are made for virtual threads. What C reports by an
 * errno is a {@link SocketErrorException} with that errno. A thread that is interrupted while it
 * blocks gets EINTR; its interrupt flag stays set and the socket stays open. A closed socket
 * answers with {@link ClosedChannelException}, also to threads that block in it; one that was shut
 * down with ESHUTDOWN.
 */
public final class RxrpcSocket extends MessageSocket {
  private static final System.Logger LOG = System.getLogger("io.rxrpc.socket");

  private final OptionTable options;

  private RxrpcSocket(ProtocolFamily family, Tunables tunables, TransportSource ports) {
    super(new SocketSetup(family, tunables, ports));
    options = new OptionTable(setup);
  }

  /**
   * {@return a socket over IPv4 with the tunables that the environment sets}
   *
   * @throws SocketErrorException with the errno, if it cannot be done
   */
  public static RxrpcSocket open() throws SocketErrorException {
    return open(StandardProtocolFamily.INET);
  }

  /**
   * {@return a socket with the tunables that the environment sets}
   *
   * @param transport INET, or INET6, which also takes IPv4 addresses
   * @throws SocketErrorException EPROTONOSUPPORT for another family
   */
  public static RxrpcSocket open(ProtocolFamily transport) throws SocketErrorException {
    return open(transport, Tunables.fromProperties());
  }

  /**
   * {@return a socket} A UDP port that another socket of this JVM has opened keeps the tunables it
   * was opened with.
   *
   * @param transport INET, or INET6, which also takes IPv4 addresses
   * @param tunables everything that can be tuned
   * @throws SocketErrorException EPROTONOSUPPORT for another family
   */
  public static RxrpcSocket open(ProtocolFamily transport, Tunables tunables)
      throws SocketErrorException {
    return open(transport, tunables, Surroundings.machine());
  }

  /**
   * {@return a socket that runs on other surroundings than the machine's} Sockets share ports only
   * with those that have the same.
   *
   * @param transport INET, or INET6, which also takes IPv4 addresses
   * @param tunables everything that can be tuned
   * @param surroundings ports, time, randomness and threads
   * @throws SocketErrorException EPROTONOSUPPORT for another family
   */
  public static RxrpcSocket open(
      ProtocolFamily transport, Tunables tunables, Surroundings surroundings)
      throws SocketErrorException {
    return open(transport, tunables, Transports.of(surroundings));
  }

  static RxrpcSocket open(ProtocolFamily transport, Tunables tunables, TransportSource ports)
      throws SocketErrorException {
    if (transport != StandardProtocolFamily.INET && transport != StandardProtocolFamily.INET6) {
      throw error(Errno.EPROTONOSUPPORT, transport + " carries no Rx");
    }
    return new RxrpcSocket(transport, tunables, ports);
  }

  /**
   * Binds the socket. Service 0 makes it a client's, any other a server's; a UDP port may be shared
   * with other sockets of this JVM. A second bind to the same address adds a service, as {@link
   * #addService} does.
   *
   * @param local an {@link RxrpcAddress}; null for a client's on a port of the system's choice. A
   *     client's port 0 is one that clients of this JVM share
   * @throws SocketErrorException EINVAL when it is bound otherwise, EADDRINUSE when the port or the
   *     service is taken, EADDRNOTAVAIL when the address is not of this host
   */
  @Override
  public RxrpcSocket bind(@Nullable SocketAddress local) throws IOException {
    setup.lock.lock();
    try {
      setup.checkOpen();
      RxrpcAddress address =
          local == null
              ? new RxrpcAddress(new InetSocketAddress(setup.family.wildcard(), 0), 0)
              : setup.family.checked(local);
      setup.bind(address);
    } finally {
      setup.lock.unlock();
    }
    LOG.log(Level.DEBUG, () -> "a socket was bound to " + (local == null ? "any port" : local));
    return this;
  }

  /**
   * Serves one more service at the address the socket is bound to; before {@link #listen}.
   *
   * @param service 1..65535
   * @return this
   * @throws SocketErrorException EINVAL when it is not bound to a service, EADDRINUSE when the
   *     service is taken
   */
  public RxrpcSocket addService(int service) throws IOException {
    setup.lock.lock();
    try {
      setup.addService(service);
      return this;
    } finally {
      setup.lock.unlock();
    }
  }

  /**
   * Sets the server that calls go to whose first message has no address. Binds the socket if it is
   * not bound.
   *
   * @param server the server
   * @return this
   * @throws SocketErrorException EISCONN a second time, EBUSY for a server's socket
   */
  public RxrpcSocket connect(@Nullable SocketAddress server) throws IOException {
    setup.lock.lock();
    try {
      setup.checkOpen();
      if (server == null) {
        throw error(Errno.EINVAL, "a connection cannot be undone");
      }
      setup.connect(setup.family.checked(server));
      return this;
    } finally {
      setup.lock.unlock();
    }
  }

  /**
   * Lets calls in. Calls beyond the backlog are answered BUSY.
   *
   * @param backlog calls that may wait to be accepted, or that may be charged for; 0 on a listening
   *     socket ends listening for good
   * @return this
   * @throws SocketErrorException EADDRNOTAVAIL unbound, EBUSY for a client's socket, EINVAL for a
   *     backlog that is out of range
   */
  public RxrpcSocket listen(int backlog) throws IOException {
    setup.lock.lock();
    try {
      setup.listen(backlog);
      return this;
    } finally {
      setup.lock.unlock();
    }
  }

  /**
   * Answers the first call that waits to be accepted with BUSY. Its client may try again, which
   * makes a new call.
   *
   * @return this
   * @throws SocketErrorException ENODATA when no call waits, EINVAL on a socket that does not
   *     listen
   */
  public RxrpcSocket rejectCall() throws IOException {
    setup.lock.lock();
    try {
      setup.rejectCall();
      return this;
    } finally {
      setup.lock.unlock();
    }
  }

  /**
   * {@return where names of keys and keyrings are looked up; before they are set}
   *
   * @param resolver finds it
   */
  public RxrpcSocket keys(KeyResolver resolver) {
    setup.lock.lock();
    try {
      setup.options.keys(resolver);
      return this;
    } finally {
      setup.lock.unlock();
    }
  }

  /**
   * Sets an option.
   *
   * @param value null only where the option says so
   * @throws SocketErrorException EINVAL for a value that cannot be, EISCONN when it is too late
   * @throws UnsupportedOperationException for an option that these sockets do not have
   */
  @Override
  public <T> RxrpcSocket setOption(SocketOption<T> name, @Nullable T value) throws IOException {
    options.set(name, value);
    return this;
  }

  /**
   * The value of an option.
   *
   * @throws SocketErrorException EOPNOTSUPP for an option that can only be set
   */
  @Override
  public <T> T getOption(SocketOption<T> name) throws IOException {
    return options.get(name);
  }

  @Override
  public Set<SocketOption<?>> supportedOptions() {
    return options.supported();
  }

  /** Where it is bound, with the port that the system chose; null when it is not bound. */
  @Override
  public @Nullable RxrpcAddress getLocalAddress() throws IOException {
    setup.lock.lock();
    try {
      if (closed) {
        throw new ClosedChannelException();
      }
      return setup.localAddress();
    } finally {
      setup.lock.unlock();
    }
  }

  /**
   * {@return where it is connected to, or null}
   *
   * @throws IOException if it cannot be read or written
   */
  public @Nullable RxrpcAddress getRemoteAddress() throws IOException {
    setup.lock.lock();
    try {
      if (closed) {
        throw new ClosedChannelException();
      }
      return setup.connected();
    } finally {
      setup.lock.unlock();
    }
  }

  /**
   * Ends all traffic: calls are aborted, what waits is discarded, new calls are refused with an
   * ABORT, and whoever blocks gets ESHUTDOWN. The socket stays bound until it is closed.
   *
   * @return this
   * @throws SocketErrorException ESHUTDOWN a second time
   */
  public RxrpcSocket shutdown() throws IOException {
    setup.lock.lock();
    try {
      setup.checkOpen();
      var _ = setup.end(CallTable.Over.SHUT); // it keeps its port
      return this;
    } finally {
      setup.lock.unlock();
    }
  }

  /** Aborts the calls that run and lets go of the UDP port. Repeated calls do nothing. */
  @Override
  public void close() {
    Transport left;
    setup.lock.lock();
    try {
      left = closed ? null : setup.end(CallTable.Over.CLOSED);
      closed = true;
    } finally {
      setup.lock.unlock();
    }
    if (left != null) {
      LOG.log(Level.DEBUG, "a socket was closed");
    }
    setup.release(left);
  }

  private static SocketErrorException error(Errno errno, String what) {
    return new SocketErrorException(errno, what);
  }
}
