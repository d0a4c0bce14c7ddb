// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.engine.Endpoint;
import io.rxrpc.machine.Time;
import io.rxrpc.udp.DatagramPort;
import io.rxrpc.udp.PortKind;
import io.rxrpc.udp.ReceiveBatch;
import io.rxrpc.wire.AbortCodes;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lock of an engine, and what belongs to every hold of it: commands of others are executed,
 * events taken, packets sent, and afterwards, without the lock, threads are woken. {@link
 * SendTurns} says who sends.
 */
final class EngineLock {
  private static final System.Logger LOG = System.getLogger("io.rxrpc.endpoint");

  /** How often a thread does what others have left, before it goes its way. */
  private static final int MOST_TURNS = 32;

  /** Nanoseconds that packets wait for those of threads that were woken at the same time. */
  private static final long GATHER = 50_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Commands commands = new Commands();
  private final AtomicReference<@Nullable Wakeups> spare = new AtomicReference<>();
  private final Time time;
  private final Endpoint engine;
  private final DatagramPort port;
  private final Intake intake;
  private final Transmitter transmitter;
  private final Ending ending;

  private final SendTurns turns;

  private final Hold hold = new Hold(this);
  private final Hold.Pause pause = new Hold.Pause(this);
  private final Look look = new Look(this);

  /** Set before anybody else knows this lock. */
  private EngineEvents events = EngineEvents.NOBODY;

  // under the lock
  private Wakeups wakeups;

  /** When it was taken. */
  private long now;

  private long holds;

  /** Who leads the loop. */
  private @Nullable Thread leader;

  /** For how long the loop may rest, negative for ever; as it leaves it. */
  private long idle;

  private long sleepUntil = Long.MAX_VALUE;

  /** As the loop leaves it: whether a packet is likely to come at once. */
  private boolean expectsAnswers;

  EngineLock(
      Endpoint engine,
      DatagramPort port,
      Intake intake,
      Transmitter transmitter,
      Ending ending,
      Time time) {
    this.time = time;
    wakeups = new Wakeups(time);
    this.engine = engine;
    this.port = port;
    this.intake = intake;
    this.transmitter = transmitter;
    this.ending = ending;
    turns = new SendTurns(port.kind() == PortKind.LINUX);
  }

  /** Has somebody told of what happens in the engine. Once, before anything can happen. */
  void tell(EngineEvents listener) {
    events = listener;
  }

  /** Takes the lock; the one hold there is, whoever has the lock. */
  Hold hold() {
    enter();
    return hold;
  }

  /** Takes the lock and reads the clock, unless the thread has it. */
  void enter() {
    lock.lock();
    if (lock.getHoldCount() == 1) {
      try {
        holds++;
        begin();
      } catch (RuntimeException | Error e) {
        lock.unlock(); // nobody else could
        throw e;
      }
    }
  }

  private void begin() {
    now = time.nanoTime();
    try {
      commands.execute(now, wakeups);
    } catch (RuntimeException | Error e) {
      failLocked(e, now);
    }
  }

  /** Under the lock: when it was taken. */
  long now() {
    return now;
  }

  /** Under the lock: what is to be done when it is free. */
  Wakeups wakeups() {
    return wakeups;
  }

  /** Lets go in the midst of a hold. */
  Hold.Pause pause() {
    if (lock.getHoldCount() != 1) {
      throw new IllegalStateException("a hold within a hold cannot pause");
    }
    leave();
    return pause;
  }

  /** What time it is. */
  long time() {
    return time.nanoTime();
  }

  /** Takes the lock for a question. */
  Look look() {
    if (!lock.isHeldByCurrentThread() && commands.pending()) {
      settle(); // who asks shall find done what was wanted before
    }
    lock.lock();
    if (lock.getHoldCount() == 1) {
      holds++;
    }
    return look;
  }

  /** The question is answered. */
  void looked() {
    boolean outermost = lock.getHoldCount() == 1;
    lock.unlock();
    if (outermost && commands.pending() && lock.tryLock()) {
      resume(0); // who left it has found the lock taken, and relies on us
    }
  }

  /** Does what others have left. */
  void settle() {
    enter();
    leave();
  }

  /** How often threads have had the lock, the loop not counted. */
  long holds() {
    lock.lock();
    try {
      return holds;
    } finally {
      lock.unlock();
    }
  }

  /** Executes a command if the lock is free. */
  boolean tryExecute(Command command) {
    if (!lock.tryLock()) {
      return false;
    }
    try {
      if (lock.getHoldCount() == 1) {
        holds++;
        now = time.nanoTime();
      }
      command.execute(now, wakeups);
    } finally {
      leave();
    }
    return true;
  }

  /** Lets a command be executed: by this thread, or by the one that has the lock. */
  void submit(Command command) {
    commands.give(command);
    if (lock.tryLock()) {
      resume(1);
    }
  }

  /** Lets a command be executed by whoever takes the lock next. */
  void later(Command command) {
    commands.give(command);
  }

  /** Ends a hold, or a part of one. */
  void leave() {
    if (lock.getHoldCount() > 1) {
      lock.unlock();
    } else {
      finish(now, 1);
    }
  }

  /** The lock was taken only to do what is left. */
  private void resume(int arrivals) {
    if (lock.getHoldCount() > 1) {
      lock.unlock(); // the outer hold does it at its end
      return;
    }
    try {
      holds += arrivals;
      now = time.nanoTime();
    } catch (RuntimeException | Error e) {
      lock.unlock();
      throw e;
    }
    finish(now, arrivals);
  }

  /**
   * Ends a hold; and does so again when others have left commands meanwhile.
   *
   * @param arrivals 1 if the thread has come to do something, 0 if it only does what is left
   */
  private void finish(long entered, int arrivals) {
    // what a handler does in the loop is the loop's
    int come = Thread.currentThread() == leader ? 0 : arrivals;
    long at = entered;
    // behind the end there is no loop to leave anything to
    for (int times = 0; times < MOST_TURNS || ending.isOver(); times++) {
      boolean wake = false;
      @Nullable Wakeups todo = null;
      try {
        try {
          commands.execute(at, wakeups);
          settle(at, turns.came(come + commands.executed()));
          long next = turns.isLoopUp() || ending.isOver() ? Long.MAX_VALUE : engine.nextTimeout();
          if (next < sleepUntil) {
            sleepUntil = next;
            wake = true;
          }
        } catch (IOException | RuntimeException | Error e) {
          failLocked(e, at);
          wake = true;
        }
        todo = takeWakeups();
      } finally {
        lock.unlock();
      }
      if (wake) {
        port.wakeup();
      }
      run(todo);
      if (!commands.pending() || !lock.tryLock()) {
        return;
      }
      come = 1;
      try {
        at = time.nanoTime();
        now = at;
      } catch (RuntimeException | Error e) {
        lock.unlock();
        throw e;
      }
    }
    lock.unlock();
    port.wakeup(); // one has done enough for the others: the loop goes on
  }

  /**
   * The loop's first hold for a batch.
   *
   * @return what is to be done without the lock before {@link #rest}; null if there is nothing:
   *     then the loop may rest, for {@link #idle}
   */
  @Nullable Wakeups feed(ReceiveBatch batch) throws IOException {
    lock.lock();
    try {
      begin();
      turns.loopUp();
      if (!ending.isOver()) {
        intake.feed(batch, now, events, wakeups);
        engine.timeout(now);
      }
      settle(now, true);
      if (wakeups.isEmpty()) {
        sleep();
        return null;
      }
      // those who are woken now shall find a loop that sends for them
      turns.woken(wakeups.size());
      leader = Thread.currentThread();
      return takeWakeups();
    } finally {
      lock.unlock();
    }
  }

  /**
   * A hold in the midst of what follows {@link #feed}: sends what is there.
   *
   * @return what is to be done besides, or null
   */
  @Nullable Wakeups relay() throws IOException {
    lock.lock();
    try {
      begin();
      leader = Thread.currentThread();
      turns.came(commands.executed());
      settle(now, true);
      return takeWakeups();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The loop's last hold for a batch, of whoever leads it now. Then it may rest, for {@link #idle}.
   *
   * @param done how much of what {@link #feed} left was done without another thread
   * @return what is to be done before, or null
   */
  @Nullable Wakeups rest(int done) throws IOException {
    lock.lock();
    try {
      begin();
      leader = Thread.currentThread();
      settle(now, turns.loopRests(done + commands.executed()));
      sleep();
      return takeWakeups();
    } finally {
      lock.unlock();
    }
  }

  /** For the loop, when it may rest: for how long, negative for ever. */
  long idle() {
    return commands.pending() ? 0 : idle;
  }

  /** For the loop, when it may rest: whether the next packet may come within microseconds. */
  boolean expectsAnswers() {
    return expectsAnswers;
  }

  private void sleep() {
    turns.loopDown();
    expectsAnswers = engine.expectsAnswers();
    sleepUntil = ending.isOver() ? 0 : engine.nextTimeout();
    if (turns.isGathering()) {
      sleepUntil = Math.min(sleepUntil, now + GATHER);
    }
    idle = sleepUntil == Long.MAX_VALUE ? -1 : Math.max(0, sleepUntil - now);
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
    wakeups = other == null ? new Wakeups(time) : other;
    return full;
  }

  private void run(@Nullable Wakeups todo) {
    if (todo != null) {
      todo.run();
      done(todo);
    }
  }

  /** What was taken has been done. */
  void done(Wakeups todo) {
    spare.set(todo);
  }

  // the end

  /** Something that must not happen has happened: everybody learns of it, and nothing goes on. */
  void fail(Throwable why) {
    try (Hold held = hold()) {
      failLocked(why, held.now());
    } finally {
      port.wakeup();
    }
  }

  /** Aborts what runs and sends what is left to be said. */
  void close() {
    try (Hold held = hold()) {
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
        events.wakeAll(held.wakeups());
      }
    }
    port.wakeup();
  }

  private void failLocked(Throwable why, long now) {
    if (!ending.failed(why)) {
      return;
    }
    try {
      events.wakeAll(wakeups);
      LOG.log(Level.ERROR, "endpoint " + port.localAddress() + " failed and is closed", why);
      engine.close(AbortCodes.RX_CALL_DEAD, now);
      transmitter.run(now);
    } catch (IOException | RuntimeException | Error e) {
      why.addSuppressed(e); // its calls have been told
    }
  }
}
