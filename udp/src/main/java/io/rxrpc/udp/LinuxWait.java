// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Waiting for the socket or a wake-up. One thread waits; any thread wakes, by an eventfd, and only
 * when someone waits: else a wake-up is one atomic exchange.
 */
final class LinuxWait {
  /** What the receiving thread is about, as far as a waker must know. */
  private enum State {
    BUSY,
    WAITING,
    WOKEN
  }

  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long SOCKET_EVENTS = 4;
  private static final long SOCKET_FOUND = 6;
  private static final long WAKER_FD = 8;
  private static final long WAKER_EVENTS = 12;
  private static final long WAKER_FOUND = 14;

  private final LinuxCalls calls;
  private final MemorySegment errno = LinuxCalls.newErrno();
  private final int eventFd;
  private final MemorySegment polled;
  private final MemorySegment timeout;
  private final MemorySegment counter;
  private final MemorySegment one;
  private final AtomicReference<State> state = new AtomicReference<>(State.BUSY);

  private final Object waker = new Object();
  private final MemorySegment wakerErrno = LinuxCalls.newErrno();
  private boolean closed;

  LinuxWait(LinuxCalls calls, int socket, Arena arena) throws IOException {
    this.calls = calls;
    polled = arena.allocate(16, 8);
    timeout = arena.allocate(16, 8);
    counter = arena.allocate(JAVA_LONG);
    one = arena.allocate(JAVA_LONG);
    one.set(JAVA_LONG, 0, 1);
    eventFd = calls.eventfd(errno, 0, Linux.EFD_NONBLOCK | Linux.EFD_CLOEXEC);
    if (eventFd < 0) {
      throw new IOException("eventfd: " + Errno.describe(-eventFd));
    }
    polled.set(JAVA_INT, 0, socket);
    polled.set(JAVA_INT, WAKER_FD, eventFd);
    polled.set(JAVA_SHORT, WAKER_EVENTS, Linux.POLLIN);
  }

  /** Any thread. */
  void wakeup() {
    if (state.getAndSet(State.WOKEN) == State.WAITING) {
      signal();
    }
  }

  /** Makes a waiting thread look again at what it waits for, without counting as a wake-up. */
  void nudge() {
    if (state.get() == State.WAITING) {
      signal();
    }
  }

  private void signal() {
    // After close the number may belong to somebody else's file.
    synchronized (waker) {
      if (!closed) {
        calls.write(wakerErrno, eventFd, one.address(), Long.BYTES);
      }
    }
  }

  /** Whether a wake-up came; it is consumed. The receiving thread only. */
  boolean takeWakeup() {
    return state.get() != State.BUSY && state.getAndSet(State.BUSY) == State.WOKEN;
  }

  /** Says that a waker must signal from now on; false when a wake-up came before. */
  boolean begin() {
    return state.compareAndSet(State.BUSY, State.WAITING);
  }

  /**
   * Waits between {@link #begin} and {@link #takeWakeup}.
   *
   * @param room whether room in the send buffer ends the wait, too
   * @param nanos negative: for ever
   * @return the socket's poll events, 0 when something else ended the wait
   */
  int await(boolean room, long nanos) throws IOException {
    polled.set(
        JAVA_SHORT, SOCKET_EVENTS, room ? (short) (Linux.POLLIN | Linux.POLLOUT) : Linux.POLLIN);
    long limit = 0;
    if (nanos >= 0) {
      timeout.set(JAVA_LONG, 0, nanos / NANOS_PER_SECOND);
      timeout.set(JAVA_LONG, 8, nanos % NANOS_PER_SECOND);
      limit = timeout.address();
    }
    int found = calls.ppoll(errno, polled.address(), 2, limit);
    if (found <= 0) {
      if (found < 0 && found != -Errno.EINTR.number()) {
        throw new IOException("ppoll: " + Errno.describe(-found));
      }
      return 0;
    }
    if (polled.get(JAVA_SHORT, WAKER_FOUND) != 0) {
      calls.read(errno, eventFd, counter.address(), Long.BYTES);
    }
    return polled.get(JAVA_SHORT, SOCKET_FOUND);
  }

  /** Closes the eventfd; nobody may wait any more. */
  void close() {
    synchronized (waker) {
      closed = true;
      calls.close(wakerErrno, eventFd);
    }
  }
}
