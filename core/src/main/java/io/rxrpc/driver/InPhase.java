// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.engine.Call;
import io.rxrpc.engine.CallState;
import io.rxrpc.engine.Completion;
import io.rxrpc.engine.PhaseReader;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The data that a call receives, for one reading thread at a time. */
public final class InPhase {
  static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;
  private static final byte[] NOTHING = {};

  private final DriverCall owner;
  private final EngineRoom room;
  private final Call call;
  private final PhaseReader reader;

  /** For data; null before a thread has waited: few calls of a packet or two have one that does. */
  private @Nullable Waiter waiter;

  /** Nothing follows what is at hand. Written under the lock while no thread reads. */
  private boolean whole;

  /** Something was read. */
  private boolean begun;

  /** Something was discarded. */
  private boolean cut;

  InPhase(DriverCall owner) {
    this.owner = owner;
    room = owner.room;
    call = owner.call;
    reader = new PhaseReader(call);
  }

  /**
   * Waits for data and copies it. A client's request is ended by it, if that was not done.
   *
   * @return bytes copied, at least 1 if {@code length} is not 0; -1 at the end
   * @throws IllegalStateException when another thread reads, or the call is closed
   */
  public int read(MemorySegment to, long offset, int length)
      throws CallFailure, InterruptedException {
    owner.begin(CallGate.READING);
    try {
      if (cut) {
        throw new IllegalStateException(
            "the reply has begun: what was not read of the request is gone");
      }
      endRequest(length > 0);
      if (length == 0) {
        return 0;
      }
      if (wholeRead()) {
        return -1; // the end is known without asking under the lock
      }
      while (await()) {
        int n = copy(to, offset, length);
        if (n > 0) {
          return n;
        }
      }
      return -1;
    } finally {
      owner.end(CallGate.READING);
    }
  }

  /**
   * Copies what is there, without waiting. A client has ended its request before.
   *
   * @return bytes copied; 0 if nothing is there yet; -1 at the end
   */
  public int readNow(MemorySegment to, long offset, int length) throws CallFailure {
    owner.begin(CallGate.READING);
    try {
      if (cut) {
        throw new IllegalStateException(
            "the reply has begun: what was not read of the request is gone");
      }
      while (length > 0) {
        if (!reader.available() && !refillNow()) {
          return reader.ended() ? -1 : 0;
        }
        int n = copy(to, offset, length);
        if (n > 0) {
          return n;
        }
      }
      return 0;
    } finally {
      owner.end(CallGate.READING);
    }
  }

  /** A client that reads has said what it had to say. */
  private void endRequest(boolean waits) throws CallFailure, InterruptedException {
    if (call.isClient() && !owner.out.ended()) {
      owner.out.finish(waits);
    }
  }

  private boolean refillNow() throws CallFailure {
    try (Hold hold = room.hold()) {
      if (refill(hold.now())) {
        return true;
      }
      Completion failure = owner.failure();
      if (failure != null && !reader.ended()) {
        throw room.failure(failure);
      }
      return false;
    }
  }

  /** Whether something has been read. */
  boolean begun() {
    return begun;
  }

  /**
   * Reads to the end. A client's request is ended by it, if that was not done.
   *
   * @throws CallFailure with EMSGSIZE when there is more than {@code most}; the call is aborted
   */
  public byte[] readWhole(int most) throws CallFailure, InterruptedException {
    owner.begin(CallGate.READING);
    try {
      endRequest(true);
      if (!await()) {
        return NOTHING;
      }
      byte[] all = new byte[whole ? room(0, most) : 4096];
      int size = 0;
      do {
        int room = room(size, most);
        if (room > all.length) {
          all = Arrays.copyOf(all, (int) Math.min(LARGEST_ARRAY, Math.max(room, 2L * size)));
        }
        size += copy(all, size, all.length - size);
        if (size > most || (size == LARGEST_ARRAY && reader.available())) {
          throw tooLong(most);
        }
      } while (!wholeRead() && await());
      return size == all.length ? all : Arrays.copyOf(all, size);
    } finally {
      owner.end(CallGate.READING);
    }
  }

  /**
   * Reads to the end into memory that is there.
   *
   * @return bytes read
   * @throws CallFailure with EMSGSIZE when there is more than fits; the call is aborted
   */
  public long readInto(MemorySegment to) throws CallFailure, InterruptedException {
    owner.begin(CallGate.READING);
    try {
      long size = 0;
      while (!wholeRead() && await()) {
        long room = to.byteSize() - size;
        if (room > 0) {
          size += copy(to, size, (int) Math.min(room, LARGEST_ARRAY));
        } else if (copy(MemorySegment.ofArray(new byte[1]), 0, 1) > 0) {
          throw tooLong(to.byteSize());
        }
      }
      return size;
    } finally {
      owner.end(CallGate.READING);
    }
  }

  /** Bytes that can be read without waiting, an estimate; for the thread that reads. */
  public int atHand() {
    return reader.atHand();
  }

  /** The lock hold that sent the request makes this thread the waiter. */
  void expect(Thread thread) {
    waiter().expect(thread);
  }

  /** Waits for data; false at the end. */
  private boolean await() throws CallFailure, InterruptedException {
    if (isAwaited()) {
      waiter().park();
    }
    while (!reader.available()) { // else whoever woke us has fetched it
      try (Hold hold = room.hold()) {
        if (refill(hold.now())) {
          return true;
        }
        if (reader.ended()) {
          return false;
        }
        Completion failure = owner.failure();
        if (failure != null) {
          throw room.failure(failure);
        }
        waiter().expect(Thread.currentThread());
      }
      waiter().park();
    }
    return true;
  }

  private int copy(MemorySegment to, long offset, int length) throws CallFailure {
    begun = true;
    try {
      return reader.copy(to, offset, length);
    } catch (SecurityFailure e) {
      throw owner.refused(e);
    }
  }

  private int copy(byte[] to, int offset, int length) throws CallFailure {
    begun = true;
    try {
      return reader.copy(to, offset, length);
    } catch (SecurityFailure e) {
      throw owner.refused(e);
    }
  }

  /**
   * How long an array must be for what is at hand, or one longer than what is wanted. How much it
   * really is shows only when it is unsealed: what is at hand may have padding in it.
   */
  private int room(int size, int most) {
    return (int) Math.min(LARGEST_ARRAY, Math.min((long) size + reader.atHand(), most + 1L));
  }

  private CallFailure tooLong(long most) {
    String why = "more than " + most + " bytes came";
    owner.abort(AbortCodes.RX_USER_ABORT);
    return room.failure(
        new Completion(Completion.Kind.LOCAL_ERROR, 0, Errno.EMSGSIZE.number(), why));
  }

  // under the lock

  /** Gets hold of what is there, while no thread reads. */
  boolean fetch() {
    boolean got = reader.fetch();
    whole = got && reader.reachesEnd();
    return got;
  }

  void happened(int events, Wakeups wakeups) {
    if (isAwaited() && (events & (Call.READABLE | Call.COMPLETED)) != 0) {
      fetch();
      waiter().release(wakeups);
    }
  }

  private boolean isAwaited() {
    return waiter != null && waiter.isExpected();
  }

  /** Made under the lock, or by the thread that waits. */
  private Waiter waiter() {
    Waiter w = waiter;
    if (w == null) {
      w = new Waiter(room);
      waiter = w;
    }
    return w;
  }

  /** The endpoint is over: whoever waits looks for himself. */
  void wake() {
    if (isAwaited()) {
      waiter().wake();
    }
  }

  /** Whether the whole phase is known to have arrived. */
  boolean arrived() {
    return whole;
  }

  /** Drops what is unread; false if more of the phase is to come, which {@link #drain} awaits. */
  boolean discard(long now) {
    reader.release(now);
    cut |= !reader.ended();
    reader.close(now);
    return call.state() != CallState.SERVER_RECV_REQUEST;
  }

  void close(long now) {
    reader.close(now);
  }

  // for steps of an asynchronous call

  /** Under the lock: like {@link #fetch}, after giving back what was copied. */
  boolean refill(long now) {
    reader.release(now);
    return fetch();
  }

  /** Under the lock: whether the phase has been read to its end. */
  boolean ended() {
    return reader.ended();
  }

  /** Whether something is at hand. */
  boolean available() {
    return reader.available();
  }

  /** Whether what was at hand reached to the end, and has been copied. */
  boolean wholeRead() {
    return whole && !reader.available();
  }

  /** Copies what is at hand. */
  int step(MemorySegment to, long offset, int length) throws SecurityFailure {
    return reader.copy(to, offset, length);
  }

  /** Drops what has arrived, without waiting; whether that was the whole phase. */
  boolean drainNow() throws CallFailure {
    try (Hold hold = room.hold()) {
      reader.fetch();
      if (discard(hold.now())) {
        return true;
      }
      Completion failure = owner.failure();
      if (failure != null) {
        throw room.failure(failure);
      }
      return false;
    }
  }

  /**
   * Under the lock: drops the phase if the whole of it has arrived; else the thread is expected to
   * wait for more.
   */
  boolean drain(long now) throws CallFailure {
    reader.fetch();
    if (discard(now)) {
      return true;
    }
    Completion failure = owner.failure();
    if (failure != null) {
      throw room.failure(failure);
    }
    waiter().expect(Thread.currentThread());
    return false;
  }

  /** Without the lock: waits for what {@link #drain} missed. */
  void awaitMore() throws InterruptedException {
    waiter().park();
  }
}
