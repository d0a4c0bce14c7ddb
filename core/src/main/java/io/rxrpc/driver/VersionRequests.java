package io.rxrpc.driver;

import io.rxrpc.engine.Completion;
import io.rxrpc.engine.VersionReply;
import io.rxrpc.udp.Errno;
import io.rxrpc.udp.PortError;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Threads that wait for the version of a peer. The map is used under the lock. */
final class VersionRequests {
  private static final long REPEAT = TimeUnit.SECONDS.toNanos(1);

  private final EndpointDriver driver;
  private final Map<Integer, Request> requests = new HashMap<>();
  private int lastId;

  VersionRequests(EndpointDriver driver) {
    this.driver = driver;
  }

  String ask(InetSocketAddress peer, long timeoutNanos) throws CallFailure, InterruptedException {
    Request request = new Request(peer, Thread.currentThread());
    long now = driver.enter();
    long deadline = now + timeoutNanos;
    int id = ++lastId;
    requests.put(id, request);
    try {
      while (true) {
        String text = request.text;
        if (text != null) {
          return text;
        }
        Completion failure = request.failure != null ? request.failure : driver.end();
        if (failure == null && now - deadline >= 0) {
          failure = failure(Errno.ETIME.number(), "no answer to a version request");
        }
        if (failure != null) {
          throw driver.failure(failure);
        }
        driver.requestVersion(peer, id);
        driver.leave(now);
        request.await(Math.min(REPEAT, deadline - now));
        now = driver.enter();
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    } finally {
      requests.remove(id);
      driver.leave(now);
    }
  }

  void replied(VersionReply reply, Wakeups wakeups) {
    Request request = requests.get(reply.id());
    if (request != null && request.peer.getPort() == reply.from().getPort()) {
      request.text = reply.text();
      request.wake(wakeups);
    }
  }

  void failed(PortError error, Wakeups wakeups) {
    for (Request request : requests.values()) {
      if (request.peer.equals(error.destination()) && error.errno() != Errno.EMSGSIZE.number()) {
        request.failure = failure(error.errno(), Errno.describe(error.errno()));
        request.wake(wakeups);
      }
    }
  }

  void wakeAll(Wakeups wakeups) {
    requests.values().forEach(request -> request.wake(wakeups));
  }

  private static Completion failure(int errno, String why) {
    Completion.Kind kind =
        errno == Errno.ETIME.number() ? Completion.Kind.LOCAL_ERROR : Completion.Kind.NETWORK_ERROR;
    return new Completion(kind, 0, errno, why);
  }

  private static final class Request {
    final InetSocketAddress peer;
    final Thread thread;
    @Nullable String text;
    @Nullable Completion failure;
    volatile boolean woken;

    Request(InetSocketAddress peer, Thread thread) {
      this.peer = peer;
      this.thread = thread;
    }

    void wake(Wakeups wakeups) {
      woken = true;
      wakeups.unpark(thread);
    }

    /** Returns early when woken or interrupted. */
    void await(long nanos) {
      long until = System.nanoTime() + nanos;
      for (long left = nanos;
          left > 0 && !woken && !Thread.currentThread().isInterrupted();
          left = until - System.nanoTime()) {
        LockSupport.parkNanos(this, left);
      }
      woken = false;
    }
  }
}
