package io.rxrpc.socket;

import io.rxrpc.driver.DriverOptions;
import io.rxrpc.driver.EndpointDriver;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Errno;
import io.rxrpc.udp.Zone;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The UDP ports of this JVM's sockets. A port is shared by all sockets that are bound to its
 * address; clients that do not care for their port share one. A port without sockets is kept while
 * a client connection on it may be used again and for a while after that, so that the next socket
 * finds both.
 */
final class Transports implements TransportSource {
  /** The one that sockets have unless they are given another. */
  static final Transports SHARED = new Transports();

  /**
   * What sockets without a port of their own must have in common to share one.
   *
   * @param address of the host, by {@link Zone#key}
   */
  record Anonymous(Object address, Tunables tunables) {}

  private static final String VERSION = "RxRPC for Java";
  private static final ReentrantLock LOCK = new ReentrantLock();

  /** By {@link Zone#key}. */
  private static final Map<Object, Transport> BY_ADDRESS = new HashMap<>();

  private static final Map<Anonymous, Transport> ANONYMOUS = new HashMap<>();
  private static @Nullable ScheduledExecutorService reaper;

  private Transports() {}

  @Override
  public Transport acquire(InetSocketAddress local, boolean shared, Tunables tunables)
      throws IOException {
    LOCK.lock();
    try {
      Anonymous key =
          shared && local.getPort() == 0
              ? new Anonymous(Zone.key(local.getAddress()), tunables)
              : null;
      Transport t = key == null ? BY_ADDRESS.get(Zone.key(local)) : ANONYMOUS.get(key);
      if (t != null && t.driver.end() != null) {
        forget(t);
        t = null;
      }
      if (t == null) {
        t = new Transport(open(local, tunables), key, tunables.get(Tunable.ENDPOINT_EXPIRY));
        BY_ADDRESS.put(Zone.key(t.driver.localAddress()), t);
        if (key != null) {
          ANONYMOUS.put(key, t);
        }
      }
      t.sockets++;
      return t;
    } finally {
      LOCK.unlock();
    }
  }

  private static EndpointDriver open(InetSocketAddress local, Tunables tunables)
      throws IOException {
    try {
      return EndpointDriver.open(new DriverOptions(local, null, false, tunables, VERSION, null));
    } catch (BindException e) {
      String why = String.valueOf(e.getMessage());
      boolean foreign = why.contains("EADDRNOTAVAIL") || why.contains("assign requested");
      Errno errno =
          foreign
              ? Errno.EADDRNOTAVAIL
              : why.contains("EACCES") || why.contains("denied") ? Errno.EACCES : Errno.EADDRINUSE;
      throw new SocketErrorException(errno.number(), "bind to " + local, e);
    }
  }

  @Override
  public void release(Transport t) {
    boolean close = false;
    LOCK.lock();
    try {
      if (--t.sockets == 0) {
        close = t.retention == 0 || t.driver.end() != null;
        if (close) {
          forget(t);
        } else {
          check(t);
        }
      }
    } finally {
      LOCK.unlock();
    }
    if (close) {
      t.driver.close();
    }
  }

  /** Looks again when the retention is over; one look at a time is planned for a port. */
  private static void check(Transport t) {
    t.freed(System.nanoTime());
    if (!t.watched) {
      t.watched = true;
      plan(t, t.retention);
    }
  }

  private static void plan(Transport t, long nanos) {
    ScheduledExecutorService r = reaper;
    if (r == null) {
      r =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name("rxrpc-endpoint-expiry").factory());
      reaper = r;
    }
    t.planned = r.schedule(() -> expire(t), nanos, TimeUnit.NANOSECONDS);
  }

  private static void expire(Transport t) {
    boolean close = false;
    LOCK.lock();
    try {
      long now = System.nanoTime();
      if (t.sockets > 0) {
        t.watched = false; // the last socket's end begins anew
        return;
      }
      boolean over = t.driver.end() != null;
      long left = over ? 0 : t.left(now);
      close = left <= 0;
      if (close) {
        forget(t);
      } else {
        plan(t, left);
      }
    } finally {
      LOCK.unlock();
    }
    if (close) {
      t.driver.close();
    }
  }

  private static void forget(Transport t) {
    BY_ADDRESS.remove(Zone.key(t.driver.localAddress()), t);
    Anonymous key = t.anonymous;
    if (key != null) {
      ANONYMOUS.remove(key, t);
    }
  }
}
