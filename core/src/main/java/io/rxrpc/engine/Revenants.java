package io.rxrpc.engine;

import io.rxrpc.wire.Header;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Clients that ask and ask after a call that is not known here, and have got nothing of its reply.
 * One that asks once may have lost its first DATA, which it sends again: OpenAFS pings before it
 * does so, and must not be killed for it. But one that only asks, for seconds and without sending
 * DATA, believes that its request has arrived: it did, in a former life of this server.
 */
final class Revenants {
  private static final int LIMIT = 4096;

  /** Questions after which it is clear. */
  private static final int QUESTIONS = 3;

  /** The least time between the first and the last of them, in nanoseconds. */
  private static final long PATIENCE = 2_000_000_000L;

  /** A question that comes later than this begins a new count. */
  private static final long FORGOTTEN = 30_000_000_000L;

  private record Key(InetSocketAddress from, int epoch, int cid, int call) {}

  private static final class Asking {
    final long since;
    long last;
    int questions;

    Asking(long now) {
      since = now;
      last = now;
    }
  }

  private final Map<Key, Asking> asking =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Asking> eldest) {
          return size() > LIMIT;
        }
      };

  private static Key key(InetSocketAddress from, MemorySegment p, long at) {
    return new Key(from, Header.epoch(p, at), Header.cid(p, at), Header.callNumber(p, at));
  }

  /** Whether whoever asks must be told that its call is gone. */
  boolean mustKnow(InetSocketAddress from, MemorySegment p, long at, long now) {
    Key key = key(from, p, at);
    Asking a = asking.get(key);
    if (a == null || now - a.last > FORGOTTEN) {
      a = new Asking(now);
      asking.put(key, a);
    }
    a.last = now;
    a.questions++;
    return a.questions >= QUESTIONS && now - a.since >= PATIENCE;
  }

  /** DATA came: the request is on its way. */
  void data(InetSocketAddress from, MemorySegment p, long at) {
    if (!asking.isEmpty()) {
      asking.remove(key(from, p, at));
    }
  }

  int size() {
    return asking.size();
  }
}
