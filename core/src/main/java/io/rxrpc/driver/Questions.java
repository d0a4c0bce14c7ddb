// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.engine.Completion;
import io.rxrpc.engine.DebugReply;
import io.rxrpc.engine.Endpoint;
import io.rxrpc.engine.VersionReply;
import io.rxrpc.machine.Time;
import io.rxrpc.udp.Errno;
import io.rxrpc.udp.PortError;
import io.rxrpc.udp.Zone;
import io.rxrpc.wire.AbortCodes;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait for what a peer tells outside calls: its version, or a record for a DEBUG
 * request. The map is used under the lock.
 */
final class Questions {
  private static final long REPEAT = TimeUnit.SECONDS.toNanos(1);

  private final EngineRoom room;
  private final Endpoint engine;
  private final Map<Integer, Question<?>> questions = new HashMap<>();
  private int lastId;

  Questions(EngineRoom room, Endpoint engine) {
    this.room = room;
    this.engine = engine;
  }

  String version(InetSocketAddress peer, long timeoutNanos)
      throws CallFailure, InterruptedException {
    return ask(new VersionQuestion(peer, Thread.currentThread()), timeoutNanos);
  }

  byte[] debug(InetSocketAddress peer, int debugType, int index, long timeoutNanos)
      throws CallFailure, InterruptedException {
    Question<byte[]> question = new DebugQuestion(peer, Thread.currentThread(), debugType, index);
    change(1);
    try {
      return ask(question, timeoutNanos);
    } finally {
      change(-1);
    }
  }

  /** Under the lock: an id for a VERSION or DEBUG request that nobody else here has. */
  int nextId() {
    return ++lastId;
  }

  private void change(int debugQuestions) {
    try (Hold _ = room.hold()) {
      engine.wantDebug(debugQuestions);
    }
  }

  private <A> A ask(Question<A> question, long timeoutNanos)
      throws CallFailure, InterruptedException {
    int id;
    long deadline;
    try (Hold hold = room.hold()) {
      id = nextId();
      deadline = hold.now() + timeoutNanos;
      questions.put(id, question);
    }
    try {
      while (true) {
        long left;
        try (Hold hold = room.hold()) {
          A answer = question.answer;
          if (answer != null) {
            return answer;
          }
          left = deadline - hold.now();
          Completion failure = question.failure != null ? question.failure : room.end();
          if (failure == null && left <= 0) {
            failure = failure(Errno.ETIME.number(), question.unanswered());
          }
          if (failure != null) {
            throw room.failure(failure);
          }
          question.send(engine, id);
        }
        question.await(room.time(), Math.min(REPEAT, left));
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    } finally {
      try (Hold _ = room.hold()) {
        questions.remove(id);
      }
    }
  }

  void replied(VersionReply reply, Wakeups wakeups) {
    if (questions.get(reply.id()) instanceof VersionQuestion q && q.isFor(reply.from())) {
      q.answer = reply.text();
      q.wake(wakeups);
    }
  }

  void replied(DebugReply reply, Wakeups wakeups) {
    if (reply.refused()) {
      for (Question<?> q : questions.values()) {
        if (q instanceof DebugQuestion && Zone.same(q.peer, reply.from())) {
          q.failure =
              new Completion(
                  Completion.Kind.REMOTE_ABORT,
                  AbortCodes.RX_PROTOCOL_ERROR,
                  Errno.EPROTO.number(),
                  "it answers no DEBUG requests");
          q.wake(wakeups);
        }
      }
    } else if (questions.get(reply.id()) instanceof DebugQuestion q && q.isFor(reply.from())) {
      q.answer = reply.payload();
      q.wake(wakeups);
    }
  }

  void failed(PortError error, Wakeups wakeups) {
    for (Question<?> q : questions.values()) {
      if (Zone.same(q.peer, error.destination()) && error.errno() != Errno.EMSGSIZE.number()) {
        q.failure = failure(error.errno(), Errno.describe(error.errno()));
        q.wake(wakeups);
      }
    }
  }

  void wakeAll(Wakeups wakeups) {
    questions.values().forEach(q -> q.wake(wakeups));
  }

  private static Completion failure(int errno, String why) {
    Completion.Kind kind =
        errno == Errno.ETIME.number() ? Completion.Kind.LOCAL_ERROR : Completion.Kind.NETWORK_ERROR;
    return new Completion(kind, 0, errno, why);
  }

  private abstract static class Question<A> {
    final InetSocketAddress peer;
    final Thread thread;
    @Nullable A answer;
    @Nullable Completion failure;
    volatile boolean woken;

    Question(InetSocketAddress peer, Thread thread) {
      this.peer = peer;
      this.thread = thread;
    }

    abstract void send(Endpoint engine, int id);

    abstract String unanswered();

    /** Whether the answer may be from another address of the host, as with several interfaces. */
    final boolean isFor(InetSocketAddress from) {
      return peer.getPort() == from.getPort();
    }

    final void wake(Wakeups wakeups) {
      woken = true;
      wakeups.unpark(thread);
    }

    /** Returns early when woken or interrupted. */
    final void await(Time time, long nanos) {
      long until = time.nanoTime() + nanos;
      for (long left = nanos;
          left > 0 && !woken && !Thread.currentThread().isInterrupted();
          left = until - time.nanoTime()) {
        time.parkNanos(this, left);
      }
      woken = false;
    }
  }

  private static final class VersionQuestion extends Question<String> {
    VersionQuestion(InetSocketAddress peer, Thread thread) {
      super(peer, thread);
    }

    @Override
    void send(Endpoint engine, int id) {
      engine.requestVersion(peer, id);
    }

    @Override
    String unanswered() {
      return "no answer to a version request";
    }
  }

  private static final class DebugQuestion extends Question<byte[]> {
    private final int debugType;
    private final int index;

    DebugQuestion(InetSocketAddress peer, Thread thread, int debugType, int index) {
      super(peer, thread);
      this.debugType = debugType;
      this.index = index;
    }

    @Override
    void send(Endpoint engine, int id) {
      engine.requestDebug(peer, id, debugType, index);
    }

    @Override
    String unanswered() {
      return "no answer to a DEBUG request";
    }
  }
}
