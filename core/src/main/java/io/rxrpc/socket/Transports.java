// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.driver.DriverOptions;
import io.rxrpc.driver.EndpointDriver;
import io.rxrpc.machine.Surroundings;
import io.rxrpc.machine.Time;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Errno;
import io.rxrpc.udp.Zone;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The ports of all sockets with the same surroundings. A port is shared by all sockets that are
 * bound to its address; clients that do not care for their port share one. A port without sockets
 * is kept while a client connection on it may be used again and for a while after that, so that the
 * next socket finds both. Nobody waits while he has the lock.
 */
final class Transports implements TransportSource {
  private static final Transports MACHINE = new Transports(Surroundings.machine());

  /** What sockets with other surroundings share, as long as there is a port of theirs. */
  private static final Map<Surroundings, Transports> OTHERS = new HashMap<>();

  /**
   * What sockets without a port of their own must have in common to share one.
   *
   * @param address of the host, by {@link Zone#key}
   */
  record Anonymous(Object address, Tunables tunables) {}

  private static final String VERSION = "RxRPC for Java";
  private static final ReentrantLock LOCK = new ReentrantLock();

  private final Surroundings around;

  // under the lock

  /** By {@link Zone#key}. */
  private final Map<Object, Transport> byAddress = new HashMap<>();

  private final Map<Anonymous, Transport> anonymous = new HashMap<>();

  /** When they are looked at, those that had no sockets some time. */
  private final Map<Transport, Long> looks = new LinkedHashMap<>();

  /** Takes those looks; there is none while nothing is to be looked at. */
  private @Nullable Thread watcher;

  private Transports(Surroundings around) {
    this.around = around;
  }

  /** Those that sockets with some surroundings share. */
  static TransportSource of(Surroundings around) {
    if (around.equals(Surroundings.machine())) {
      return MACHINE;
    }
    LOCK.lock();
    try {
      Transports known = OTHERS.get(around);
      return known == null ? new Transports(around) : known;
    } finally {
      LOCK.unlock();
    }
  }

  private boolean isMachine() {
    return around.equals(Surroundings.machine());
  }

  @Override
  public Time time() {
    return around.time();
  }

  @Override
  public Transport acquire(InetSocketAddress local, boolean shared, Tunables tunables)
      throws IOException {
    LOCK.lock();
    try {
      Transports all = isMachine() ? this : OTHERS.computeIfAbsent(around, a -> this);
      try {
        return all.acquired(local, shared, tunables);
      } finally {
        all.forgetIfEmpty();
      }
    } finally {
      LOCK.unlock();
    }
  }

  private Transport acquired(InetSocketAddress local, boolean shared, Tunables tunables)
      throws IOException {
    Anonymous key =
        shared && local.getPort() == 0
            ? new Anonymous(Zone.key(local.getAddress()), tunables)
            : null;
    Transport t = key == null ? byAddress.get(Zone.key(local)) : anonymous.get(key);
    if (t != null && t.driver.end() != null) {
      forget(t);
      t = null;
    }
    if (t == null) {
      t = new Transport(this, open(local, tunables), key, tunables.get(Tunable.ENDPOINT_EXPIRY));
      byAddress.put(Zone.key(t.driver.localAddress()), t);
      if (key != null) {
        anonymous.put(key, t);
      }
    }
    t.sockets++;
    return t;
  }

  private EndpointDriver open(InetSocketAddress local, Tunables tunables) throws IOException {
    try {
      return EndpointDriver.open(
          new DriverOptions(local, null, false, tunables, VERSION, null), around);
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
    Transports owner = t.shared;
    (owner == null ? this : owner).released(t);
  }

  private void released(Transport t) {
    boolean close = false;
    LOCK.lock();
    try {
      if (--t.sockets == 0) {
        close = t.retention == 0 || t.driver.end() != null;
        if (close) {
          forget(t);
        } else {
          t.freed(time().nanoTime());
          look(t, t.retention);
        }
      }
    } finally {
      LOCK.unlock();
    }
    if (close) {
      t.driver.close();
    }
  }

  /** Looks at it when so much time has passed, unless that is going to be done before. */
  private void look(Transport t, long nanos) {
    if (looks.putIfAbsent(t, time().nanoTime() + nanos) == null) {
      Thread w = watcher;
      if (w == null) {
        w = around.threads().thread("rxrpc-endpoint-expiry", true, this::watch);
        watcher = w;
        w.start();
      } else {
        time().unpark(w); // it may be sleeping for longer
      }
    }
  }

  private void watch() {
    while (true) {
      List<Transport> ended = new ArrayList<>();
      long sleep = Long.MAX_VALUE;
      LOCK.lock();
      try {
        long now = time().nanoTime();
        for (Transport t : List.copyOf(looks.keySet())) {
          long left = looks.getOrDefault(t, now) - now;
          if (left <= 0 && expired(t, now)) {
            ended.add(t);
          }
        }
        for (long at : looks.values()) {
          sleep = Math.min(sleep, at - now);
        }
        if (looks.isEmpty()) {
          watcher = null;
        }
      } finally {
        LOCK.unlock();
      }
      ended.forEach(t -> t.driver.close());
      if (sleep == Long.MAX_VALUE) {
        return;
      }
      time().parkNanos(this, sleep);
    }
  }

  /** A look; whether it is to be closed. */
  private boolean expired(Transport t, long now) {
    looks.remove(t);
    if (t.sockets > 0) {
      return false; // the last socket's end begins anew
    }
    long left = t.driver.end() != null ? 0 : t.left(now);
    if (left > 0) {
      looks.put(t, now + left);
      return false;
    }
    forget(t);
    return true;
  }

  private void forget(Transport t) {
    byAddress.remove(Zone.key(t.driver.localAddress()), t);
    Anonymous key = t.anonymous;
    if (key != null) {
      anonymous.remove(key, t);
    }
    forgetIfEmpty();
  }

  private void forgetIfEmpty() {
    if (byAddress.isEmpty()) {
      OTHERS.remove(around, this);
    }
  }
}
