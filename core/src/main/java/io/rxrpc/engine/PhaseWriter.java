// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.Block;
import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.PlainPackets;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * Builds the DATA packets of one phase where they will be sent from. One thread at a time; {@link
 * #grant}, {@link #commit} and {@link #close} need the endpoint's lock, {@link #put} and {@link
 * #finish} do not: copying and sealing happen in the application's thread.
 */
public final class PhaseWriter {
  private final Call call;
  private @Nullable Block block;
  private Protection security;
  private int payload;

  /** Packets sealed at once at most. */
  private int run;

  /** User data of a full packet, and what it becomes; 0 until the security class was asked. */
  private int capacity;

  private int sealedCapacity;
  private int stride;
  private int slots;

  /** Packets that the latest grant was for at most. */
  private int granted;

  private int seq = 1;

  /** Where the packet being filled begins, and the user data it has. */
  private int at;

  private int fill;
  private boolean open;

  /** Full packets in front of it that are not sealed yet: several at once go faster. */
  private int pending;

  /** Why a packet could not be sealed: nothing behind it may go out either. */
  private @Nullable SecurityFailure broken;

  /** Sealed packets that were not committed yet. */
  private int sealedAt;

  private int sealed;
  private int sealedLength;
  private int sealedLastLength;
  private boolean ended;

  /** Where the packets lie that are being sealed; null without security. */
  private @Nullable PlainPackets packets;

  private int nextSize = 2048;

  /** A writer for the call's outgoing phase: the request of a client, the reply of a server. */
  public PhaseWriter(Call call) {
    this.call = call;
    security = call.protection();
  }

  /** Whether {@link #put} or {@link #finish} could do nothing now without a {@link #grant}. */
  public boolean needsGrant() {
    return !open;
  }

  /** Whether sealed packets wait for a {@link #commit}. */
  public boolean uncommitted() {
    return sealed > 0;
  }

  /** Whether the phase has ended. */
  public boolean ended() {
    return ended;
  }

  /**
   * Under the lock: gets memory for packets.
   *
   * @param bytes how much the application has at hand
   * @return false if there is no room now; {@link Call#WRITABLE} or {@link Call#CONNECTED} follows
   */
  public boolean grant(int bytes, long now) {
    if (open) {
      return true;
    }
    commit(now);
    Block b = block;
    if (b != null && slots == 0) {
      drop(b);
      b = null;
    }
    int room = call.gear.room.packets(call.state());
    if (room <= 0) {
      call.gear.room.want();
      call.askProof(now);
      return false;
    }
    if (b == null) {
      b = take(bytes, room);
      if (b == null) {
        call.gear.room.want();
        call.lists.starved(call);
        return false;
      }
    }
    granted = Math.max(room, 1);
    slots = Math.min(slots, granted);
    open = true;
    fill = 0;
    return true;
  }

  private @Nullable Block take(int bytes, int room) {
    security = call.protection();
    payload = security.payload(call.securityIndex(), call.peer.maxData());
    capacity = 0;
    stride = Header.LENGTH + payload;
    int small = Header.LENGTH + security.headerRoom() + bytes + security.trailerRoom();
    Block b;
    if (seq == 1 && small < stride) {
      b = call.context.pool.take(small, BufferPool.Use.SEND);
      if (b != null) {
        // one packet that may be smaller than the path allows: there was no more to send
        payload = Math.min(payload, b.size() - Header.LENGTH);
        stride = Header.LENGTH + payload;
        slots = 1;
      }
    } else {
      int most = Math.min(room * stride, BufferPool.largest());
      int want = Math.clamp(Math.max((long) bytes, nextSize), stride, most);
      nextSize = Math.min(BufferPool.largest(), nextSize * 8);
      b = call.context.pool.take(want, BufferPool.Use.SEND);
      if (b == null) {
        b = call.context.pool.take(stride, BufferPool.Use.SEND);
      }
      slots = b == null ? 0 : b.size() / stride;
    }
    block = b;
    at = 0;
    sealedAt = 0;
    return b;
  }

  /**
   * Copies user data into packets and seals those that are full.
   *
   * @return bytes taken; less than offered means: {@link #commit}, {@link #grant} and go on
   */
  public int put(MemorySegment source, long offset, int length) throws SecurityFailure {
    begin(length);
    int done = 0;
    for (int n = room(length); n > 0; n = room(length - done)) {
      MemorySegment.copy(source, offset + done, held().memory, place(), n);
      fill += n;
      done += n;
    }
    sealPending();
    return done;
  }

  /** The same from an array: no object is made for a small call. */
  public int put(byte[] source, int offset, int length) throws SecurityFailure {
    begin(length);
    int done = 0;
    for (int n = room(length); n > 0; n = room(length - done)) {
      MemorySegment.copy(source, offset + done, held().memory, ValueLayout.JAVA_BYTE, place(), n);
      fill += n;
      done += n;
    }
    sealPending();
    return done;
  }

  private void begin(int length) throws SecurityFailure {
    checkWhole();
    if (length > 0 && open) {
      measure();
    }
  }

  /** How much of what is left goes into a packet now; 0 for none. Goes behind full ones. */
  private int room(int left) throws SecurityFailure {
    while (left > 0 && open && fill == capacity) {
      next();
    }
    return open ? Math.min(left, capacity - fill) : 0;
  }

  /** Where the next octet goes. */
  private long place() {
    return (long) at + Header.LENGTH + security.headerRoom() + fill;
  }

  /** Asks the security class how much goes into a packet: its answer is not waited for locked. */
  private void measure() throws SecurityFailure {
    if (capacity == 0) {
      try {
        int most = security.capacity(payload);
        sealedCapacity = security.sealedLength(most, payload);
        run = security.sealsAtOnce();
        capacity = most;
        lieCloser();
      } catch (SecurityFailure e) {
        broken = e;
        throw e;
      }
    }
  }

  /** Where the class wants far smaller packets than the path allows, more of them fit. */
  private void lieCloser() {
    int least = Header.LENGTH + sealedCapacity;
    if (slots > 1 && least <= stride / 2) {
      stride = least;
      slots = Math.min(granted, (held().size() - at) / least);
    }
  }

  /** Goes behind a full packet that is not the last one. */
  private void next() throws SecurityFailure {
    header(false);
    pending++;
    at += Header.LENGTH + sealedCapacity;
    slots--;
    fill = 0;
    open = slots > 0;
    if (pending >= run) {
      sealPending();
    }
  }

  private void sealPending() throws SecurityFailure {
    if (pending > 0) {
      int count = pending;
      pending = 0;
      seal(at - count * (Header.LENGTH + sealedCapacity), count, capacity);
    }
  }

  private void seal(int first, int count, int dataLength) throws SecurityFailure {
    int length;
    try {
      length =
          Header.LENGTH
              + (dataLength == capacity
                  ? sealedCapacity
                  : security.sealedLength(dataLength, payload));
      sealInPlace(first, length, count, dataLength);
    } catch (SecurityFailure e) {
      broken = e;
      throw e;
    }
    if (sealed > 0 && sealedLastLength != sealedLength) {
      throw new IllegalStateException("a packet behind a short one");
    }
    if (sealed == 0) {
      sealedAt = first;
      sealedLength = length;
    }
    sealed += count;
    sealedLastLength = length;
  }

  private void sealInPlace(int first, int length, int count, int dataLength)
      throws SecurityFailure {
    if (security.security() == NullSecurity.INSTANCE) {
      return;
    }
    PlainPackets p = packets;
    if (p == null) {
      p = new PlainPackets(call);
      packets = p;
    }
    p.set(held().memory, first, length, count, dataLength, call.cid(), call.number(), seq - count);
    security.seal(p);
  }

  private void checkWhole() throws SecurityFailure {
    SecurityFailure e = broken;
    if (e != null) {
      throw e;
    }
  }

  /** Ends the phase with what is in the current packet, which may be nothing. Needs a grant. */
  public void finish() throws SecurityFailure {
    if (!open) {
      throw new IllegalStateException("no grant");
    }
    seal(true);
    ended = true;
  }

  /** Sends what was put so far, even a packet that is not full. */
  public void flush() throws SecurityFailure {
    if (open && fill > 0) {
      seal(false);
    }
  }

  private void seal(boolean last) throws SecurityFailure {
    checkWhole();
    measure();
    sealPending();
    boolean full = fill == capacity;
    header(last);
    seal(at, 1, fill);
    at += sealedLastLength;
    slots--;
    fill = 0;
    // the next packet begins where this one ends; behind a short one the commit comes first
    open = slots > 0 && !last && full;
  }

  private boolean asksForUpgrade() {
    Channel ch = call.channel;
    return ch != null && ch.connection.asksForUpgrade();
  }

  private void header(boolean last) {
    Header.write(
        held().memory,
        at,
        call.epoch(),
        call.cid(),
        call.number(),
        seq,
        0,
        PacketType.DATA,
        (call.isClient() ? Flags.CLIENT_INITIATED : 0) | (last ? Flags.LAST_PACKET : 0),
        seq == 1 && asksForUpgrade() ? 1 : 0,
        call.securityIndex(),
        0,
        call.serviceId());
    seq++;
  }

  /**
   * Under the lock: hands the sealed packets to the call, which sends them as its windows allow.
   */
  public void commit(long now) {
    if (sealed > 0) {
      queue(call, held(), sealedAt, sealed, sealedLength, sealedLastLength, ended, now);
      sealed = 0;
      sealedAt = at;
    }
    Block b = block;
    if (b != null && (ended || (!open && b.size() - at < stride))) {
      drop(b);
    } else if (!open) {
      slots = b == null ? 0 : (b.size() - at) / stride;
    }
  }

  /**
   * Queues packets that lie one behind the other: {@code count - 1} of {@code length} bytes, and a
   * last one of {@code lastLength}.
   */
  static void queue(
      Call call,
      Block block,
      int offset,
      int count,
      int length,
      int lastLength,
      boolean last,
      long now) {
    if (call.state() == CallState.COMPLETE) {
      return;
    }
    for (int k = 0; k < count; k++) {
      boolean end = k == count - 1;
      int n = end ? lastLength : length;
      if (!call.gear.tx.append(block, offset + k * length, n, end && last)) {
        // the sequence space is used up: the blob may not have more packets than 2^32 - 1
        String why = "the blob has too many packets";
        call.fail(AbortCodes.RX_PROTOCOL_ERROR, Errno.EMSGSIZE, why, now);
        return;
      }
    }
    call.queued(last);
  }

  /** Under the lock: gives back what is held. The writer is not used again. */
  public void close() {
    Block b = block;
    if (b != null) {
      drop(b);
    }
    sealed = 0;
    open = false;
    ended = true;
  }

  private void drop(Block b) {
    block = null;
    slots = 0;
    call.context.pool.release(b);
  }

  private Block held() {
    Block b = block;
    if (b == null) {
      throw new IllegalStateException("no grant");
    }
    return b;
  }
}
