// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.engine.Call;
import io.rxrpc.engine.Completion;
import io.rxrpc.engine.PhaseWriter;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.SecurityFailure;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The data that a call sends, for one writing thread at a time. Packets leave when a block of them
 * is full (2 KiB first, up to 64 KiB later), at {@link #flush}, and at the end.
 */
public final class OutPhase {
  /** Bytes that may be copied under the lock. */
  private static final int SMALL = 4096;

  private final DriverCall owner;
  private final EngineRoom room;
  private final Call call;
  private final PhaseWriter writer;

  /** For room; null before a thread has waited: few calls of a packet or two have one that does. */
  private @Nullable Waiter waiter;

  private boolean begun;

  OutPhase(DriverCall owner) {
    this.owner = owner;
    room = owner.room;
    call = owner.call;
    writer = new PhaseWriter(call);
  }

  /**
   * Copies data into packets, and waits while there is no room. What a served call has not read of
   * its request when it begins to write is discarded.
   *
   * @throws IllegalStateException when another thread writes, the phase has ended, or the call is
   *     closed
   */
  public void write(MemorySegment from, long offset, long length)
      throws CallFailure, InterruptedException {
    owner.begin(CallGate.WRITING);
    try {
      if (writer.ended()) {
        throw new IllegalStateException("what is written has been ended before");
      }
      put(from, offset, length);
    } finally {
      owner.end(CallGate.WRITING);
    }
  }

  /**
   * Copies what there is room for, without waiting. What a served call has not read of its request
   * is discarded, and nothing is taken before all of it has come.
   *
   * @return bytes taken
   * @throws IllegalStateException as {@link #write}
   */
  public int writeNow(MemorySegment from, long offset, int length) throws CallFailure {
    owner.begin(CallGate.WRITING);
    try {
      if (writer.ended()) {
        throw new IllegalStateException("what is written has been ended before");
      }
      int done = 0;
      while (done < length && readyNow(length - done)) {
        done += writer.put(from, offset + done, length - done);
      }
      return done;
    } catch (SecurityFailure e) {
      throw owner.refused(e);
    } finally {
      owner.end(CallGate.WRITING);
    }
  }

  /** Ends what is written if there is room for its last packet; whether it is ended. */
  public boolean finishNow() throws CallFailure {
    owner.begin(CallGate.WRITING);
    try {
      if (!writer.ended() && readyNow(0)) {
        writer.finish();
        commit(false);
      }
      return writer.ended();
    } catch (SecurityFailure e) {
      throw owner.refused(e);
    } finally {
      owner.end(CallGate.WRITING);
    }
  }

  /** Sends what was written so far. */
  public void flush() throws CallFailure {
    owner.begin(CallGate.WRITING);
    try {
      writer.flush();
      if (writer.uncommitted()) {
        commit(false);
      }
    } catch (SecurityFailure e) {
      throw owner.refused(e);
    } finally {
      owner.end(CallGate.WRITING);
    }
  }

  /** Ends what is written; repeated calls do nothing. */
  public void finish() throws CallFailure, InterruptedException {
    finish(false);
  }

  /** The same by a thread that may be going to wait for the reply: one hold does both. */
  void finish(boolean waits) throws CallFailure, InterruptedException {
    owner.begin(CallGate.WRITING);
    try {
      if (!writer.ended()) {
        seal();
        commit(waits);
      }
    } finally {
      owner.end(CallGate.WRITING);
    }
  }

  /** Whether it has been ended. */
  public boolean ended() {
    return writer.ended();
  }

  /** Whether something has been written or ended. */
  public boolean begun() {
    return begun;
  }

  // inside

  /** Goes on where {@link #beginWhole} had to stop, and ends the phase. */
  void writeWhole(byte[] data, int from) throws CallFailure, InterruptedException {
    sealWhole(data, from);
    commit(false);
  }

  /** The same, but for the last {@link #commit(long)}. */
  void sealWhole(byte[] data, int from) throws CallFailure, InterruptedException {
    put(MemorySegment.ofArray(data), from, (long) data.length - from);
    seal();
  }

  private void put(MemorySegment from, long offset, long length)
      throws CallFailure, InterruptedException {
    long done = 0;
    try {
      if (length == 0 && !begun) {
        grant(0);
      }
      while (done < length) {
        int most = (int) Math.min(length - done, Integer.MAX_VALUE);
        grant(most);
        done += writer.put(from, offset + done, most);
      }
    } catch (SecurityFailure e) {
      throw owner.refused(e);
    }
  }

  /** Builds the last packet; it goes with the next commit. */
  private void seal() throws CallFailure, InterruptedException {
    try {
      grant(0);
      writer.finish();
    } catch (SecurityFailure e) {
      throw owner.refused(e);
    }
  }

  /** The same as {@link #grant} without waiting; false if it is to be tried again. */
  private boolean readyNow(int bytes) throws CallFailure {
    if (!begun) {
      if (!call.isClient() && !drainedNow()) {
        return false;
      }
      begun = true;
    }
    if (!writer.needsGrant()) {
      return true;
    }
    try (Hold hold = room.hold()) {
      Completion failure = owner.failure();
      if (failure != null) {
        throw room.failure(failure);
      }
      return writer.grant(bytes, hold.now());
    }
  }

  private boolean drainedNow() throws CallFailure {
    owner.begin(CallGate.READING);
    try {
      return owner.in.drainNow();
    } finally {
      owner.end(CallGate.READING);
    }
  }

  private void commit(boolean waits) throws CallFailure {
    Completion failure;
    try (Hold hold = room.hold()) {
      writer.commit(hold.now());
      failure = owner.failure();
      if (failure == null && waits && call.completion() == null && !owner.in.fetch()) {
        owner.in.expect(Thread.currentThread());
      }
    }
    if (failure != null) {
      throw room.failure(failure);
    }
  }

  /**
   * Makes sure that there is room in a packet. A reply must not begin before the request is here,
   * as clients take that for an error: the first time, what was not read of it is awaited and
   * dropped.
   */
  private void grant(int bytes) throws CallFailure, InterruptedException {
    boolean draining = !begun && !call.isClient();
    begun = true;
    if (draining) {
      owner.begin(CallGate.READING);
    }
    try {
      while (draining || writer.needsGrant()) {
        try (Hold hold = room.hold()) {
          if (draining && owner.in.drain(hold.now())) {
            draining = false;
            owner.end(CallGate.READING);
          }
          if (!draining && granted(bytes, hold.now())) {
            return;
          }
        }
        if (draining) {
          owner.in.awaitMore();
        } else {
          waiter().park();
        }
      }
    } finally {
      if (draining) {
        owner.end(CallGate.READING);
      }
    }
  }

  /** Under the lock; if there is no room, the thread is expected to wait for it. */
  private boolean granted(int bytes, long now) throws CallFailure {
    Completion failure = owner.failure();
    if (failure != null) {
      throw room.failure(failure);
    }
    if (writer.grant(bytes, now)) {
      return true;
    }
    waiter().expect(Thread.currentThread());
    return false;
  }

  // under the lock

  /** Whether {@link #beginWhole} is for it. */
  boolean isSmall(byte[] data) {
    return data.length <= SMALL && call.security() == NullSecurity.INSTANCE;
  }

  /**
   * Under the lock: writes and ends a small blob of a call without security, in the lock hold that
   * is there anyway. What a served call has received must have been dealt with.
   *
   * @return bytes written; the phase has ended if it could be done wholly
   */
  int beginWhole(byte[] data, long now) {
    begun = true;
    if (writer.ended() || data.length > SMALL || owner.failure() != null) {
      return 0;
    }
    int done = 0;
    try {
      while (writer.grant(data.length - done, now)) {
        if (call.security() != NullSecurity.INSTANCE) {
          return 0; // not under the lock; what is granted stays
        }
        done += writer.put(data, done, data.length - done);
        if (done == data.length && !writer.needsGrant()) {
          writer.finish();
          writer.commit(now);
          break;
        }
      }
      return done;
    } catch (SecurityFailure e) {
      throw new IllegalStateException("the null class refuses", e);
    }
  }

  /**
   * Under the lock: a step of an asynchronous call.
   *
   * @return false if there is no room yet
   */
  boolean tryGrant(int bytes, long now) {
    return writer.grant(bytes, now);
  }

  /**
   * Without the lock: goes on with a request; returns bytes taken. Ends the phase behind the last.
   */
  int step(MemorySegment data, long from, int length) throws SecurityFailure {
    int done = writer.put(data, from, length);
    if (from + done == data.byteSize() && !writer.needsGrant()) {
      writer.finish();
    }
    return done;
  }

  /** Under the lock: hands over what was sealed. */
  void commit(long now) {
    writer.commit(now);
  }

  void happened(int events, Wakeups wakeups) {
    if ((events & (Call.WRITABLE | Call.CONNECTED | Call.COMPLETED)) != 0 && isAwaited()) {
      waiter().release(wakeups);
    }
  }

  /** Under the lock: whether events may let a writer go on that found no room. */
  boolean mayGoOn(int events) {
    return (events & (Call.WRITABLE | Call.CONNECTED | Call.COMPLETED)) != 0
        || (!begun && !call.isClient() && (events & Call.READABLE) != 0);
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

  void close() {
    writer.close();
  }
}
