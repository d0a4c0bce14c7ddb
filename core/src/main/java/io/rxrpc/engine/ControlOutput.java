package io.rxrpc.engine;

import io.rxrpc.wire.Abort;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.DebugRequest;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import io.rxrpc.wire.Version;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Packets that are built once and sent once: everything but DATA. Bounded: what does not fit is
 * dropped, as the network might have done.
 */
final class ControlOutput {
  private static final int LIMIT = 4096;

  private final BufferPool pool;
  private final Counters counters;
  private @Nullable Block tail;
  private Entry[] entries = new Entry[8];
  private int head;
  private int size;
  private int handedOut;

  ControlOutput(BufferPool pool, Counters counters) {
    this.pool = pool;
    this.counters = counters;
    Arrays.setAll(entries, i -> new Entry());
  }

  /** Whether something waits to be handed out. */
  boolean pending() {
    return handedOut < size;
  }

  /** Hands out the next packet; its memory stays until {@link #transmitted}. */
  boolean next(Transmission out) {
    if (handedOut == size) {
      return false;
    }
    Entry e = entry(handedOut++);
    InetSocketAddress to = e.to;
    Block block = e.block;
    if (to == null || block == null) {
      throw new IllegalStateException("empty entry");
    }
    out.set(to, e.from, block.memory, e.offset, e.length, Math.max(e.length, 1), e.dontFragment);
    counters.add(Counter.DATAGRAMS_SENT);
    counters.add(Counter.BYTES_SENT, e.length);
    return true;
  }

  /** What was handed out has left: its memory is free. */
  void transmitted() {
    while (handedOut > 0) {
      free();
      handedOut--;
    }
    if (size == 0 && tail != null) {
      pool.release(tail);
      tail = null;
    }
  }

  /** Drops everything. */
  void clear() {
    handedOut = size;
    transmitted();
  }

  /** A call ABORT, or with call number 0 a connection ABORT. */
  void abort(Connection c, int cid, int callNumber, int code) {
    MemorySegment p = begin(c.peer.address, c.local, Abort.LENGTH);
    if (p != null) {
      header(p, c, cid, callNumber, c.nextSerial(), PacketType.ABORT, 0);
      Abort.write(p, at, code);
      counters.add(Counter.ABORTS_SENT);
    }
  }

  /**
   * An ABORT or BUSY for a packet that belongs to nothing here: it mirrors the packet and echoes
   * its service and security index, so that a secured peer accepts it.
   */
  void reject(
      InetSocketAddress to,
      @Nullable InetAddress from,
      MemorySegment packet,
      long packetAt,
      int type,
      int code) {
    int length = type == PacketType.ABORT ? Abort.LENGTH : Header.LENGTH;
    MemorySegment p = begin(to, from, length);
    if (p != null) {
      int flags = ~Header.flags(packet, packetAt) & Flags.CLIENT_INITIATED;
      header(p, packet, packetAt, 0, type, flags);
      if (type == PacketType.ABORT) {
        Abort.write(p, at, code);
      }
      counters.add(type == PacketType.ABORT ? Counter.ABORTS_SENT : Counter.BUSY_SENT);
    }
  }

  /** A PING to somebody who sent the packet and of whom nothing is kept. */
  void ping(
      InetSocketAddress to,
      @Nullable InetAddress from,
      MemorySegment packet,
      long packetAt,
      int serial,
      AckTrailer trailer) {
    ackNothing(to, from, packet, packetAt, serial, 0, AckReason.PING, Flags.REQUEST_ACK, trailer);
    counters.add(Counter.PINGS_SENT);
  }

  /** The answer to such a one who asks: nothing of the call has arrived. */
  void ackNothing(
      InetSocketAddress to,
      @Nullable InetAddress from,
      MemorySegment packet,
      long packetAt,
      AckTrailer trailer) {
    int asked = Header.serial(packet, packetAt);
    ackNothing(to, from, packet, packetAt, 0, asked, AckReason.PING_RESPONSE, 0, trailer);
  }

  private void ackNothing(
      InetSocketAddress to,
      @Nullable InetAddress from,
      MemorySegment packet,
      long packetAt,
      int serial,
      int acked,
      int reason,
      int flags,
      AckTrailer trailer) {
    MemorySegment p = begin(to, from, Ack.MIN_LENGTH + Ack.PADDING + Ack.TRAILER_LENGTH);
    if (p != null) {
      header(p, packet, packetAt, serial, PacketType.ACK, Flags.SLOW_START_OK | flags);
      Ack.write(p, at, 1, 0, acked, reason, 0);
      trailer.write(p, at, 0, trailer.rwind());
      counters.add(Counter.ACKS_SENT);
    }
  }

  /** A BUSY for a call of a connection that exists. */
  void busy(Connection c, int cid, int callNumber) {
    MemorySegment p = begin(c.peer.address, c.local, Header.LENGTH);
    if (p != null) {
      header(p, c, cid, callNumber, c.nextSerial(), PacketType.BUSY, 0);
      counters.add(Counter.BUSY_SENT);
    }
  }

  /**
   * An ACK. The acks that count are taken from {@code rx}, or are none if it is null.
   *
   * @return its own serial, or 0 if it was dropped
   */
  int ack(
      Connection c,
      int cid,
      int callNumber,
      int first,
      int previous,
      int acked,
      int reason,
      int flags,
      AckTrailer trailer,
      @Nullable ReceiveQueue rx) {
    int count = rx == null ? 0 : Math.min(Ack.MAX_COUNT, Math.max(0, rx.highest() - first + 1));
    MemorySegment p =
        begin(c.peer.address, c.local, Ack.MIN_LENGTH + count + Ack.PADDING + Ack.TRAILER_LENGTH);
    if (p == null) {
      return 0;
    }
    int serial = c.nextSerial();
    header(p, c, cid, callNumber, serial, PacketType.ACK, Flags.SLOW_START_OK | flags);
    Ack.write(p, at, first, previous, acked, reason, count);
    for (int i = 0; i < count; i++) {
      Ack.setSoftAck(p, at, i, rx != null && rx.has(first + i));
    }
    trailer.write(p, at, count, rx == null ? trailer.rwind() : rx.rwind(first - 1));
    counters.add(Counter.ACKS_SENT);
    return serial;
  }

  /**
   * Fills the packet built last with zeros up to {@code bytes}, and forbids to fragment it.
   * It moves to memory of that size.
   *
   * @return false if there is none: then the packet goes as it is
   */
  boolean pad(int bytes) {
    Entry e = entry(size - 1);
    Block old = e.block;
    Block larger = pool.take(bytes, BufferPool.Use.CONTROL);
    if (larger == null || old == null) {
      return false;
    }
    MemorySegment.copy(old.memory, e.offset, larger.memory, 0, e.length);
    Ack.writeFill(larger.memory, 0, e.length, bytes);
    pool.release(old);
    e.block = larger;
    e.offset = 0;
    e.length = bytes;
    e.dontFragment = true;
    return true;
  }

  /** A CHALLENGE or RESPONSE. */
  void security(Connection c, int type, byte[] payload) {
    MemorySegment p = begin(c.peer.address, c.local, Header.LENGTH + payload.length);
    if (p != null) {
      header(p, c, c.cid, 0, c.nextSerial(), type, 0);
      MemorySegment.copy(MemorySegment.ofArray(payload), 0, p, at + Header.LENGTH, payload.length);
      counters.add(type == PacketType.CHALLENGE ? Counter.CHALLENGES_SENT : Counter.RESPONSES_SENT);
    }
  }

  /** The answer to a VERSION request. */
  void versionReply(
      InetSocketAddress to,
      @Nullable InetAddress from,
      MemorySegment request,
      long requestAt,
      String text) {
    MemorySegment p = begin(to, from, Version.REPLY_LENGTH);
    if (p != null) {
      Version.writeReply(
          p,
          at,
          Header.epoch(request, requestAt),
          Header.cid(request, requestAt),
          Header.callNumber(request, requestAt),
          Header.serviceId(request, requestAt),
          text);
      counters.add(Counter.VERSIONS_ANSWERED);
    }
  }

  /** A VERSION request; the reply carries {@code id} as its call number. */
  void versionRequest(InetSocketAddress to, int id) {
    MemorySegment p = begin(to, null, Version.REQUEST_LENGTH);
    if (p != null) {
      Version.writeRequest(p, at, id);
    }
  }

  /** Asks a peer about itself; {@code id} comes back in the answer. */
  void debugRequest(InetSocketAddress to, int id, int debugType, int index) {
    MemorySegment p = begin(to, null, DebugRequest.LENGTH);
    if (p != null) {
      DebugRequest.write(p, at, id, debugType, index);
    }
  }

  /** Answers a DEBUG request. */
  void debugReply(
      InetSocketAddress to,
      @Nullable InetAddress from,
      MemorySegment request,
      long requestAt,
      DebugAnswers answers) {
    MemorySegment p = begin(to, from, DebugAnswers.MAX_LENGTH);
    if (p != null) {
      entry(size - 1).length = answers.write(p, at, request, requestAt);
      counters.add(Counter.DEBUGS_ANSWERED);
    }
  }

  /**
   * Refuses a DEBUG request, as Linux does. Not under the call number of the request, by which
   * rxdebug knows its answer: it would take the ABORT for the record it asked for.
   */
  void debugRefusal(
      InetSocketAddress to, @Nullable InetAddress from, MemorySegment request, long requestAt) {
    MemorySegment p = begin(to, from, Abort.LENGTH);
    if (p != null) {
      Header.write(
          p,
          at,
          Header.epoch(request, requestAt),
          Header.cid(request, requestAt),
          0,
          0,
          0,
          PacketType.ABORT,
          0,
          0,
          0,
          0,
          Header.serviceId(request, requestAt));
      Abort.write(p, at, AbortCodes.RX_PROTOCOL_ERROR);
      counters.add(Counter.ABORTS_SENT);
    }
  }

  /** A datagram of nothing. */
  void empty(InetSocketAddress to, @Nullable InetAddress from) {
    begin(to, from, 0);
  }

  /** Where in the memory that {@link #begin} returned the packet goes. */
  private long at;

  private @Nullable MemorySegment begin(
      InetSocketAddress to, @Nullable InetAddress from, int length) {
    Block block = size < LIMIT ? room(length) : null;
    if (block == null) {
      counters.add(Counter.CONTROL_DROPPED);
      return null;
    }
    if (size == entries.length) {
      grow();
    }
    Entry e = entry(size++);
    e.to = to;
    e.from = from;
    e.block = block;
    e.offset = block.fill;
    e.length = length;
    e.dontFragment = false;
    at = block.fill;
    block.fill += length;
    block.uses++;
    return block.memory;
  }

  private @Nullable Block room(int length) {
    Block t = tail;
    if (t != null && t.size() - t.fill >= length) {
      return t;
    }
    Block fresh = pool.take(Math.max(length, t == null ? 1 : 2048), BufferPool.Use.CONTROL);
    if (fresh == null) {
      fresh = pool.take(length, BufferPool.Use.CONTROL);
    }
    if (fresh == null) {
      return null;
    }
    if (t != null) {
      pool.release(t);
    }
    tail = fresh;
    return fresh;
  }

  private void free() {
    Entry e = entries[head];
    Block block = e.block;
    if (block != null) {
      pool.release(block);
    }
    e.block = null;
    e.to = null;
    e.from = null;
    head = head + 1 & entries.length - 1;
    size--;
  }

  private Entry entry(int i) {
    return entries[head + i & entries.length - 1];
  }

  private void grow() {
    Entry[] larger = new Entry[entries.length * 2];
    for (int i = 0; i < larger.length; i++) {
      larger[i] = i < size ? entry(i) : new Entry();
    }
    entries = larger;
    head = 0;
  }

  private static final class Entry {
    @Nullable InetSocketAddress to;
    @Nullable InetAddress from;
    @Nullable Block block;
    int offset;
    int length;
    boolean dontFragment;
  }

  /** The header of a packet of a connection, with these flags beside that of the side. */
  private void header(
      MemorySegment p, Connection c, int cid, int callNumber, int serial, int type, int flags) {
    Header.write(
        p,
        at,
        c.epoch,
        cid,
        callNumber,
        0,
        serial,
        type,
        c.sideFlag() | flags,
        0,
        c.securityIndex,
        0,
        c.serviceId);
  }

  /** The header of an answer to a packet, of whose connection nothing is kept. */
  private void header(
      MemorySegment p, MemorySegment packet, long packetAt, int serial, int type, int flags) {
    Header.write(
        p,
        at,
        Header.epoch(packet, packetAt),
        Header.cid(packet, packetAt),
        Header.callNumber(packet, packetAt),
        0,
        serial,
        type,
        flags,
        0,
        Header.securityIndex(packet, packetAt),
        0,
        Header.serviceId(packet, packetAt));
  }
}
