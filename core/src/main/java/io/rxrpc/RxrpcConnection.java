// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityLevel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection that calls are served on: up to four at once, of one client program, one service and
 * one security. A server may keep on it what it knows of that client. Safe for all threads.
 *
 * <p>A connection is no session: a client opens as many as its calls need, and one that is idle is
 * forgotten, by the server after {@code SERVICE_IDLE_EXPIRY}.
 *
 * <pre>{@code
 * Session session = call.connection().attachment(Session.class, connection -> {
 *   Session fresh = new Session(connection.identity());
 *   connection.onClosed(fresh::close);
 *   return fresh;
 * });
 * }</pre>
 */
public final class RxrpcConnection {
  private static final System.Logger LOG = System.getLogger("io.rxrpc.endpoint");

  private final InetSocketAddress client;
  private final int epoch;
  private final @Nullable PeerIdentity identity;
  private final @Nullable SecurityLevel level;
  private final Executor executor;
  private final Map<Class<?>, Object> attachments = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new ArrayList<>(1);
  private boolean closed;

  RxrpcConnection(
      InetSocketAddress client,
      int epoch,
      @Nullable PeerIdentity identity,
      @Nullable SecurityLevel level,
      Executor executor) {
    this.client = client;
    this.epoch = epoch;
    this.identity = identity;
    this.level = level;
    this.executor = executor;
  }

  /** {@return the address that opened it} */
  public InetSocketAddress client() {
    return client;
  }

  /** {@return its epoch: connections of one life of a client program have the same} */
  public int epoch() {
    return epoch;
  }

  /** {@return who the client is, as was verified; null when nobody was} */
  public @Nullable PeerIdentity identity() {
    return identity;
  }

  /** {@return the protection in force; null without security} */
  public @Nullable SecurityLevel level() {
    return level;
  }

  /**
   * {@return what was attached under a type, or null}
   *
   * @param <T> the type of the value
   * @param type the class to look for
   */
  public <T> @Nullable T attachment(Class<T> type) {
    return type.cast(attachments.get(type));
  }

  /**
   * {@return what was attached under a type, or else what is attached now} Of several threads that
   * ask at once one makes it.
   *
   * @param <T> the type of the value
   * @param type the class to look for
   * @param first makes it, in this thread; it must not attach anything itself
   */
  public <T> T attachment(Class<T> type, Function<RxrpcConnection, ? extends T> first) {
    Object found = attachments.get(type);
    if (found == null) {
      found =
          attachments.computeIfAbsent(
              type, key -> Objects.requireNonNull(first.apply(this), "first"));
    }
    return Objects.requireNonNull(type.cast(found));
  }

  /**
   * Attaches something under a type, or, with null, takes away what is there.
   *
   * @param <T> the type of the value
   * @param type the class to look for
   * @param value the value
   * @return what was there before, or null
   */
  public <T> @Nullable T attach(Class<T> type, @Nullable T value) {
    return type.cast(
        value == null ? attachments.remove(type) : attachments.put(type, type.cast(value)));
  }

  /**
   * Has a listener told once, on the endpoint's handler executor, when the connection is forgotten:
   * idle for long, aborted, or closed with its endpoint; at once if it is. Handlers of its calls
   * may still run then. Each listener is kept until then, so it should not be given for each call.
   *
   * @param listener told of it
   */
  public void onClosed(Runnable listener) {
    Objects.requireNonNull(listener, "listener");
    synchronized (listeners) {
      if (!closed) {
        listeners.add(listener);
        return;
      }
    }
    tell(listener);
  }

  /** {@return whether it is forgotten: no call comes on it any more} */
  public boolean isClosed() {
    synchronized (listeners) {
      return closed;
    }
  }

  void closed() {
    List<Runnable> told;
    synchronized (listeners) {
      closed = true;
      told = List.copyOf(listeners);
      listeners.clear();
    }
    told.forEach(this::tell);
  }

  private void tell(Runnable listener) {
    try {
      executor.execute(() -> run(listener));
    } catch (RuntimeException | Error e) {
      LOG.log(
          System.Logger.Level.WARNING, "no thread for it: a listener misses a connection's end", e);
    }
  }

  @SuppressWarnings("CatchingUnchecked") // a listener may throw what it likes
  private static void run(Runnable listener) {
    try {
      listener.run();
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.WARNING, "a listener of a connection's end failed", e);
    }
  }

  /** For example {@code connection from 127.0.0.1:7001 of alice@EXAMPLE.ORG}. */
  @Override
  public String toString() {
    PeerIdentity who = identity;
    return "connection from "
        + RxrpcAddress.text(client)
        + (who == null ? "" : " of " + who.principal());
  }
}
