package io.rxrpc.engine;

import org.jspecify.annotations.Nullable;

/** What an application hangs on a connection that it serves, to hear of its end. */
@FunctionalInterface
public interface ConnectionWatcher {
  /**
   * The connection is forgotten: no call comes on it any more. Called once, under the lock: it must
   * be quick and must not block.
   */
  void closed();

  /** Under the lock: what hangs on the connection of a served call, or null. */
  static @Nullable ConnectionWatcher of(Call served) {
    Channel ch = served.channel;
    return ch == null ? null : ch.connection.watcher;
  }

  /**
   * Under the lock: hangs a watcher on the connection of a served call, unless there is one.
   *
   * @return the one that hangs there; it was told at once if the connection is forgotten already
   */
  static ConnectionWatcher attach(Call served, ConnectionWatcher watcher) {
    Channel ch = served.channel;
    if (ch == null || served.isClient()) {
      throw new IllegalArgumentException(served + " is not served here");
    }
    Connection c = ch.connection;
    ConnectionWatcher first = c.watcher;
    if (first != null) {
      return first;
    }
    c.watcher = watcher;
    if (c.closed) {
      watcher.closed();
    }
    return watcher;
  }
}
