// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.PacketRun;
import io.rxrpc.engine.packet.ReceiveQueue;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.wire.Sequence;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the user data of one phase. One thread at a time; {@link #fetch}, {@link #release} and
 * {@link #close} need the endpoint's lock, {@link #copy} does not: unsealing happens in the
 * application's thread, straight into its memory.
 */
public final class PhaseReader {
  private final Call call;

  /**
   * Packets at hand, and the next of them; where they lie is in the call's gear while there are.
   */
  private int count;

  private int next;

  /** An unsealed packet of which the application has taken a part. */
  private byte @Nullable [] partial;

  private int partialAt;
  private int partialEnd;

  /**
   * The reader of the call's incoming phase: the reply for a client, the request for a server. A
   * call has one.
   */
  public PhaseReader(Call call) {
    this.call = call;
  }

  /** Under the lock: looks for packets; false if there is nothing to copy now. */
  public boolean fetch() {
    if (available()) {
      return true;
    }
    count = call.gear.rx.fetch(call.gear.run);
    next = 0;
    return available();
  }

  /** Whether {@link #copy} has something to copy. */
  public boolean available() {
    return partialAt < partialEnd || next < count;
  }

  /** Under the lock: whether the phase has been read to its end. */
  public boolean ended() {
    return !available() && call.wholeRead();
  }

  /** Under the lock: whether nothing follows what the last {@link #fetch} got. */
  public boolean reachesEnd() {
    return call.gear.rx.complete() && call.gear.rx.readable() == count;
  }

  /** Bytes that are at hand, an upper bound. */
  public int atHand() {
    int n = partialEnd - partialAt;
    for (int k = next; k < count; k++) {
      n += call.gear.run.length(k);
    }
    return n;
  }

  /**
   * Unseals what is at hand into the application's memory.
   *
   * @return bytes written, 0 if nothing was at hand or only empty packets
   */
  public int copy(MemorySegment out, long offset, int length) throws SecurityFailure {
    return copy(out, offset, length, call.gear.run.seq(count));
  }

  /**
   * The same for packets up to a sequence number only.
   *
   * @param upTo the last packet to copy from; what follows it stays
   */
  public int copy(MemorySegment out, long offset, int length, int upTo) throws SecurityFailure {
    int done = takePartial(out, offset, length);
    PacketRun run = call.gear.run; // not given back while packets of it are at hand
    SealedPacket packet = call.gear.packet;
    while (next < count
        && Sequence.beforeOrEqual(run.seq(next), upTo)
        && (done < length || maybeEmpty(next))) {
      int n = run.length(next);
      run.locate(next, call.cid(), call.number(), packet);
      Protection security = call.protection();
      if (length - done >= n) {
        done += security.unseal(packet, out, offset + done);
      } else {
        byte[] scratch = partial;
        if (scratch == null || scratch.length < n) {
          scratch = new byte[Math.max(n, 1412)];
          partial = scratch;
        }
        partialAt = 0;
        partialEnd = security.unseal(packet, MemorySegment.ofArray(scratch), 0);
        done += takePartial(out, offset + done, length - done);
      }
      next++;
    }
    return done;
  }

  /** The same into an array: no object is made for a small reply without security. */
  public int copy(byte[] out, int offset, int length) throws SecurityFailure {
    int done = 0;
    if (call.security() == NullSecurity.INSTANCE && partialAt == partialEnd) {
      PacketRun run = call.gear.run;
      while (next < count && run.length(next) <= length - done) {
        int n = run.length(next);
        MemorySegment.copy(
            run.memory(next), ValueLayout.JAVA_BYTE, run.offset(next), out, offset + done, n);
        done += n;
        next++;
      }
    }
    // also without room: a packet may have no data in it
    return available()
        ? done + copy(MemorySegment.ofArray(out), (long) offset + done, length - done)
        : done;
  }

  /** Whether a packet may have no data in it: such a one needs no room, and may end the phase. */
  private boolean maybeEmpty(int k) throws SecurityFailure {
    return partialAt == partialEnd && call.protection().maybeEmpty(call.gear.run.length(k));
  }

  /** Under the lock, after {@link #release}: begins to show what {@link #copy} would copy. */
  public PhasePeek peek() {
    return new PhasePeek(call, this);
  }

  /** What was unsealed and not taken; copies what of it there is room for. */
  int showPartial(MemorySegment out, long offset, int length) {
    byte[] scratch = partial;
    int n = Math.min(length, partialEnd - partialAt);
    if (scratch != null && n > 0) {
      MemorySegment.copy(MemorySegment.ofArray(scratch), partialAt, out, offset, n);
    }
    return n;
  }

  /** Bytes that were unsealed and not taken. */
  int partialLength() {
    return partialEnd - partialAt;
  }

  /** Under the lock: nothing is shown any more; what the reader has at hand stays so. */
  void peeked(long now) {
    consumed(0, now);
    if (count > 0) {
      count = call.gear.rx.fetch(call.gear.run);
    }
  }

  /** Under the lock, after {@link #release}: the last packet that has been read wholly. */
  public int readTo() {
    return partialAt < partialEnd ? call.gear.rx.consumed() - 1 : call.gear.rx.consumed();
  }

  /** Under the lock: gives back the packets that were copied. */
  public void release(long now) {
    int n = next;
    if (n > 0 || count > 0) {
      count -= n;
      next = 0;
      consumed(n, now);
      if (count > 0) {
        count = call.gear.rx.fetch(call.gear.run);
      }
    }
  }

  /** The reader is done with {@code n} packets: the sender may have to know. */
  private void consumed(int n, long now) {
    ReceiveQueue rx = call.gear.rx;
    boolean taken = !call.isClient() && rx.consumed() == 0 && n > 0; // nothing was hard-acked yet
    rx.consume(n);
    call.lists.settle(call);
    if (rx.readable() == 0) {
      call.gear.reads.settled();
    }
    boolean receiving =
        call.state() == CallState.CLIENT_RECV_REPLY
            || call.state() == CallState.SERVER_RECV_REQUEST;
    if (n > 0 && receiving) {
      if (taken || rx.tight()) {
        call.gear.acks.read(now, n, taken || rx.readable() == 0);
      }
      call.timers.awaitData(now);
      call.lists.output(call);
      call.context.timers.update(call.timers);
    }
  }

  /** Under the lock: ends reading; packets at hand are given back unread. */
  public void close(long now) {
    next = count;
    release(now);
    byte[] scratch = partial;
    if (scratch != null) {
      Arrays.fill(scratch, (byte) 0);
    }
    partialAt = 0;
    partialEnd = 0;
  }

  private int takePartial(MemorySegment out, long offset, int length) {
    byte[] scratch = partial;
    int n = Math.min(length, partialEnd - partialAt);
    if (scratch == null || n <= 0) {
      return 0;
    }
    MemorySegment.copy(MemorySegment.ofArray(scratch), partialAt, out, offset, n);
    partialAt += n;
    return n;
  }
}
