// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.driver.Hold;
import io.rxrpc.engine.Offers;
import io.rxrpc.engine.Service;
import io.rxrpc.machine.Time;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Errno;
import io.rxrpc.udp.Zone;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.nio.channels.ClosedChannelException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a socket is: bound where, for which services, connected to whom. Has a lock of its own. */
final class SocketSetup {
  /** The life of a socket. */
  enum State {
    /** Not bound. */
    UNBOUND,
    /** A client's. */
    CLIENT_BOUND,
    /** A server's that does not listen yet. */
    SERVER_BOUND,
    /** A server's. */
    LISTENING,
    /** A server's that takes no more calls. */
    LISTEN_DISABLED,
    /** Shut down. */
    SHUT,
    /** Closed. */
    CLOSED
  }

  /** Comes before the driver's lock. */
  final ReentrantLock lock = new ReentrantLock();

  final SocketOptions options = new SocketOptions();
  final SocketFeatures features = new SocketFeatures(this);
  final AddressFamily family;
  private final TransportSource ports;
  private Tunables tunables;
  private final Map<Integer, Service> services = new LinkedHashMap<>();
  private State state = State.UNBOUND;
  private @Nullable Transport transport;
  private volatile @Nullable CallTable table;
  private @Nullable RxrpcAddress bound;
  private @Nullable RxrpcAddress connected;
  private boolean called;

  SocketSetup(ProtocolFamily family, Tunables tunables, TransportSource ports) {
    this.ports = ports;
    this.family = new AddressFamily(family);
    this.tunables = tunables;
  }

  State state() {
    return state;
  }

  /** The time that waits go by. */
  Time time() {
    return ports.time();
  }

  Tunables tunables() {
    return tunables;
  }

  /** Other tunables for the port that is still to be opened. */
  void tunables(Tunables others) {
    tunables = others;
  }

  /** The books, or null while the socket is not bound. */
  @Nullable CallTable table() {
    return table;
  }

  @Nullable RxrpcAddress connected() {
    return connected;
  }

  /** Whether it is too late for options that calls depend on. */
  boolean used() {
    return connected != null || called;
  }

  /**
   * The security of a call that is made now: from then on it stands. Not under the driver's lock.
   *
   * @throws SocketErrorException ENOKEY when a level is asked for that nothing can give
   */
  ClientSecurity clientSecurity() throws SocketErrorException {
    lock.lock();
    try {
      ClientSecurity security = options.clientSecurity();
      called = true;
      return security;
    } finally {
      lock.unlock();
    }
  }

  Map<Integer, Service> services() {
    return services;
  }

  void checkOpen() throws IOException {
    if (state == State.CLOSED) {
      throw new ClosedChannelException();
    }
    if (state == State.SHUT) {
      throw error(Errno.ESHUTDOWN, "the socket was shut down");
    }
  }

  void bind(RxrpcAddress local) throws IOException {
    checkOpen();
    int service = local.serviceId();
    if (state == State.SERVER_BOUND) {
      RxrpcAddress first = bound;
      if (service == 0) {
        throw error(Errno.EINVAL, "it is a server's socket already");
      }
      if (services.containsKey(service)) {
        throw error(Errno.EADDRINUSE, "service " + service + " is bound");
      }
      RxrpcAddress got = localAddress(); // port 0 has become another one
      InetSocketAddress to = local.transport();
      if (first == null
          || got == null
          || !(Zone.same(to, first.transport()) || Zone.same(to, got.transport()))) {
        throw error(Errno.EINVAL, "it is bound to " + first + " already");
      }
      addService(service);
      return;
    }
    if (state != State.UNBOUND) {
      throw error(Errno.EINVAL, "it is bound already");
    }
    Transport t = ports.acquire(local.transport(), service == 0, tunables);
    CallTable books = new CallTable(t.driver);
    transport = t;
    table = books;
    bound = local;
    try {
      join(t, books, service);
    } catch (SocketErrorException e) {
      transport = null;
      table = null;
      bound = null;
      ports.release(t);
      throw e;
    }
    state = service == 0 ? State.CLIENT_BOUND : State.SERVER_BOUND;
  }

  private void join(Transport t, CallTable books, int service) throws SocketErrorException {
    Offers offers = options.offers(service);
    try (Hold _ = t.driver.hold()) {
      t.driver.addHost(books);
      books.keepalive(options.keepalive());
      if (service != 0) {
        try {
          offer(service, offers, books);
        } catch (SocketErrorException e) {
          t.driver.removeHost(books);
          throw e;
        }
      }
    }
  }

  /** Binds a client to a port of the system's choice, if it is not bound. */
  void autoBind() throws IOException {
    if (state == State.UNBOUND) {
      bind(new RxrpcAddress(new InetSocketAddress(family.wildcard(), 0), 0));
    }
  }

  void addService(int service) throws IOException {
    checkOpen();
    CallTable books = table;
    Transport t = transport;
    if (state != State.SERVER_BOUND || books == null || t == null) {
      throw error(Errno.EINVAL, "a service can be added between bind and listen");
    }
    if (service < 1
        || service > 0xffff
        || services.size() >= tunables.getInt(Tunable.SOCKET_SERVICES)) {
      throw error(Errno.EINVAL, "service " + service + " cannot be added");
    }
    Offers offers = options.offers(service);
    try (Hold _ = t.driver.hold()) {
      offer(service, offers, books);
    }
  }

  /** What each service is to offer from now on. Not under the driver's lock. */
  Map<Service, Offers> offers() {
    Map<Service, Offers> all = new LinkedHashMap<>();
    services.values().forEach(s -> all.put(s, options.offers(s.id())));
    return all;
  }

  private void offer(int id, Offers offers, CallTable books) throws SocketErrorException {
    try {
      Service s = books.driver.engine().addService(id, offers, books);
      options.secure(s, offers);
      s.admit(books.accepting.places);
      services.put(id, s);
    } catch (IllegalStateException e) {
      throw new SocketErrorException(
          Errno.EADDRINUSE.number(), "service " + id + " has a socket already", e);
    }
  }

  void connect(RxrpcAddress server) throws IOException {
    checkOpen();
    if (connected != null) {
      throw error(Errno.EISCONN, "connected to " + connected);
    }
    if (state != State.UNBOUND && state != State.CLIENT_BOUND) {
      throw error(Errno.EBUSY, "a server's socket");
    }
    autoBind();
    connected = server;
  }

  void listen(int backlog) throws IOException {
    checkOpen();
    CallTable books = table;
    switch (state) {
      case UNBOUND -> throw error(Errno.EADDRNOTAVAIL, "bind it first");
      case SERVER_BOUND, LISTENING -> {}
      default -> throw error(Errno.EBUSY, "not a server's socket, or listening has ended");
    }
    int most = tunables.getInt(Tunable.SOCKET_BACKLOG);
    if (backlog < 0 || backlog > most) {
      throw error(Errno.EINVAL, "backlog " + backlog + " is outside 0.." + most);
    }
    if (books == null) {
      throw new IllegalStateException("bound without books");
    }
    boolean stop = state == State.LISTENING && backlog == 0;
    Map<Service, Offers> offers = offers();
    try (Hold hold = books.driver.hold()) {
      books.accepting.backlog(backlog);
      offers.forEach(options::secure);
      services.values().forEach(s -> s.refuse(stop));
      if (stop) {
        books.accepting.discardCharges();
      }
      books.listening(!stop);
      books.receiversAgain(hold.wakeups());
    }
    state = stop ? State.LISTEN_DISABLED : State.LISTENING;
  }

  void rejectCall() throws IOException {
    checkOpen();
    CallTable books = table;
    if (books == null || (state != State.LISTENING && state != State.LISTEN_DISABLED)) {
      throw error(Errno.EINVAL, "it does not listen");
    }
    try (Hold hold = books.driver.hold()) {
      books.accepting.reject(hold.now());
    }
  }

  /** Where it is bound, with the port that the system chose, or null. */
  @Nullable RxrpcAddress localAddress() {
    RxrpcAddress b = bound;
    CallTable books = table;
    return b == null || books == null
        ? null
        : new RxrpcAddress(books.driver.localAddress(), b.serviceId());
  }

  /**
   * Ends the socket.
   *
   * @return the port that it leaves, to be {@link #release}d without the lock: that may wait
   */
  @Nullable Transport end(CallTable.Over why) {
    CallTable books = table;
    Transport t = transport;
    boolean closing = why == CallTable.Over.CLOSED;
    state = closing ? State.CLOSED : State.SHUT;
    if (books == null || t == null) {
      return null;
    }
    try (Hold hold = t.driver.hold()) {
      for (Service s : services.values()) {
        if (closing) {
          t.driver.engine().removeService(s);
        } else {
          s.refuse(true);
        }
      }
      features.end(t.driver.engine());
      books.end(why, hold.now(), hold.wakeups());
      t.driver.engine().flushFinalAcks(); // the process may end now
      if (closing) {
        t.driver.removeHost(books);
      }
    }
    if (!closing) {
      return null;
    }
    transport = null;
    return t;
  }

  /** Not under the lock: a port that was left is let go of. */
  void release(@Nullable Transport left) {
    if (left != null) {
      ports.release(left);
    }
  }

  private static SocketErrorException error(Errno errno, String what) {
    return new SocketErrorException(errno, what);
  }
}
