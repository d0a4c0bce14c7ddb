package io.rxrpc.driver;

import io.rxrpc.engine.Endpoint;
import io.rxrpc.udp.DatagramPort;
import io.rxrpc.udp.PortError;
import io.rxrpc.udp.PortKind;
import io.rxrpc.udp.ReceiveBatch;
import io.rxrpc.wire.AbortCodes;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The lock of an engine, and what belongs to every hold of it: commands of others are executed,
 * events taken, packets sent, and afterwards, without the lock, threads are woken.
 *
 * <p>Who sends: while the loop is awake, it does, before it sleeps. While it sleeps, everybody
 * sends for himself, except when several threads were woken by one batch of datagrams: then the
 * last of them sends for all, so that their packets share trains, and the loop sees to it that
 * nothing waits longer than {@link #GATHER}.
 */
final class EngineLock {
  private static final System.Logger LOG = System.getLogger("io.rxrpc");

  /** How often a thread does what others have left, before it goes its way. */
  private static final int MOST_TURNS = 32;

  /** Nanoseconds that packets wait for those of threads that were woken at the same time. */
  private static final long GATHER = 50_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Commands commands = new Commands();
  private final AtomicReference<@Nullable Wakeups> spare = new AtomicReference<>();
  private final LongSupplier clock;
  private final Endpoint engine;
  private final DatagramPort port;
  private final Tap tap;
  private final Transmitter transmitter;
  private final Events events;
  private final Questions questions;
  private final Ending ending;
  private final Consumer<PortError> errors = this::refused;

  /** Whether packets that leave together are cheaper, and the port can wait for so short a time. */
  private final boolean gathers;

  // under the lock
  private Wakeups wakeups = new Wakeups();
  private boolean loopAwake = true;
  private long sleepUntil = Long.MAX_VALUE;
  private long batchTime;

  /** As the loop leaves it: whether a packet is likely to come at once. */
  private boolean expectsAnswers;

  /** Threads woken by the last batch that have not been here since. */
  private int expected;

  EngineLock(
      Endpoint engine,
      DatagramPort port,
      Tap tap,
      Transmitter transmitter,
      Events events,
      Questions questions,
      Ending ending,
      LongSupplier clock) {
    this.clock = clock;
    this.engine = engine;
    this.port = port;
    this.tap = tap;
    this.transmitter = transmitter;
    this.events = events;
    this.questions = questions;
    this.ending = ending;
    gathers = port.kind() == PortKind.LINUX;
  }

  /** Takes the lock and reads the clock. */
  long enter() {
    lock.lock();
    long now = clock.getAsLong();
    try {
      commands.execute(now, wakeups);
    } catch (RuntimeException | Error e) {
      failLocked(e, now);
    }
    return now;
  }

  /** Under the lock: what is to be done when it is free. */
  Wakeups wakeups() {
    return wakeups;
  }

  /** Executes a command if the lock is free. */
  boolean tryExecute(Command command) {
    if (!lock.tryLock()) {
      return false;
    }
    long now = clock.getAsLong();
    try {
      command.execute(now, wakeups);
    } finally {
      leave(now);
    }
    return true;
  }

  /** Lets a command be executed: by this thread, or by the one that has the lock. */
  void submit(Command command) {
    commands.give(command);
    if (lock.tryLock()) {
      leave(clock.getAsLong());
    }
  }

  /** Lets a command be executed by whoever takes the lock next. */
  void later(Command command) {
    commands.give(command);
  }

  /** Ends a hold; and does so again when others have left commands meanwhile. */
  void leave(long entered) {
    long now = entered;
    // behind the end there is no loop to leave anything to
    for (int turns = 0; turns < MOST_TURNS || ending.isOver(); turns++) {
      boolean wake = false;
      @Nullable Wakeups todo = null;
      try {
        commands.execute(now, wakeups);
        expected = Math.max(0, expected - 1 - commands.executed());
        settle(now, !loopAwake && expected == 0);
        long next = loopAwake || ending.isOver() ? Long.MAX_VALUE : engine.nextTimeout();
        if (next < sleepUntil) {
          sleepUntil = next;
          wake = true;
        }
      } catch (IOException | RuntimeException | Error e) {
        failLocked(e, now);
        wake = true;
      } finally {
        todo = takeWakeups();
        lock.unlock();
      }
      if (wake) {
        port.wakeup();
      }
      run(todo);
      if (!commands.pending() || !lock.tryLock()) {
        return;
      }
      now = clock.getAsLong();
    }
    lock.unlock();
    port.wakeup(); // one has done enough for the others: the loop goes on
  }

  /** The loop's holds for one batch; returns how long it may sleep, negative for ever. */
  long turn(ReceiveBatch batch) throws IOException {
    long now = enter();
    long until;
    boolean sleeps;
    @Nullable Wakeups todo;
    try {
      loopAwake = true;
      if (!ending.isOver()) {
        feed(batch, now);
        port.errors(errors);
        engine.timeout(now);
      }
      settle(now, true);
      // those who are woken now shall find a loop that sends for them
      sleeps = wakeups.isEmpty();
      expected = wakeups.size();
      until = sleeps ? sleep() : 0;
      todo = takeWakeups();
    } finally {
      lock.unlock();
    }
    run(todo);
    if (!sleeps) {
      now = enter();
      try {
        expected = Math.max(0, expected - commands.executed());
        if (!gathers || expected == 1) {
          expected = 0; // one alone sends at once
        }
        settle(now, expected == 0);
        until = sleep();
        if (expected > 0) {
          until = Math.min(until, now + GATHER);
          sleepUntil = until;
        }
        todo = takeWakeups();
      } finally {
        lock.unlock();
      }
      run(todo);
    }
    if (commands.pending()) {
      return 0;
    }
    return until == Long.MAX_VALUE ? -1 : Math.max(0, until - now);
  }

  /**
   * For the loop, after its {@link #turn}: whether the next packet may come within microseconds.
   */
  boolean expectsAnswers() {
    return expectsAnswers;
  }

  private long sleep() {
    loopAwake = false;
    expectsAnswers = engine.expectsAnswers();
    sleepUntil = ending.isOver() ? 0 : engine.nextTimeout();
    return sleepUntil;
  }

  private void feed(ReceiveBatch batch, long now) {
    batchTime = now;
    tap.received(batch);
    int datagrams = 0;
    for (int i = 0; i < batch.count(); i++) {
      InetSocketAddress from = batch.source(i);
      MemorySegment memory = batch.memory(i);
      long offset = batch.offset(i);
      int left = batch.length(i);
      int size = batch.segmentSize(i);
      while (left > 0) {
        int n = Math.min(size, left);
        engine.datagram(now, from, batch.local(i), memory, offset, n);
        offset += n;
        left -= n;
        datagrams++;
      }
    }
    engine.batch(datagrams, batch.count() == batch.capacity());
  }

  private void refused(PortError error) {
    boolean here = error.kind() == PortError.Kind.LOCAL;
    engine.peerError(batchTime, error.destination(), error.errno(), here, error.mtu());
    questions.failed(error, wakeups);
  }

  /** Takes the engine's events, and sends what it has if that is ours to do. */
  private void settle(long now, boolean transmit) throws IOException {
    commands.execute(now, wakeups);
    events.collect(now, ending.isOver(), wakeups);
    if (transmit && !ending.isOver() && engine.wantsTransmit()) {
      transmitter.run(now);
      events.collect(now, false, wakeups);
    }
  }

  private @Nullable Wakeups takeWakeups() {
    Wakeups full = wakeups;
    if (full.isEmpty()) {
      return null;
    }
    Wakeups other = spare.getAndSet(null);
    wakeups = other == null ? new Wakeups() : other;
    return full;
  }

  private void run(@Nullable Wakeups todo) {
    if (todo != null) {
      todo.run();
      spare.set(todo);
    }
  }

  // the end

  /** Something that must not happen has happened: everybody learns of it, and nothing goes on. */
  void fail(Throwable why) {
    long now = enter();
    try {
      failLocked(why, now);
    } finally {
      leave(now);
      port.wakeup();
    }
  }

  /** Aborts what runs and sends what is left to be said. */
  void close() {
    long now = enter();
    try {
      if (!ending.isOver()) {
        engine.close(AbortCodes.RX_CALL_DEAD, now); // as Linux does when a socket is closed
        settle(now, true);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the last packets could not be sent", e);
    } catch (RuntimeException | Error e) {
      failLocked(e, now);
    } finally {
      ending.closed();
      events.wakeAll(wakeups);
      leave(now);
    }
    port.wakeup();
  }

  private void failLocked(Throwable why, long now) {
    if (!ending.failed(why)) {
      return;
    }
    events.wakeAll(wakeups);
    try {
      LOG.log(Level.ERROR, "endpoint " + port.localAddress() + " failed and is closed", why);
      engine.close(AbortCodes.RX_CALL_DEAD, now);
      transmitter.run(now);
    } catch (IOException | RuntimeException | Error e) {
      why.addSuppressed(e); // its calls have been told
    }
  }
}
