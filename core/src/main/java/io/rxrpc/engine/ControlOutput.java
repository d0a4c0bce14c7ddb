// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.AckTrailer;
import io.rxrpc.engine.packet.ReceiveQueue;
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
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Builds the packets that are no DATA: each goes into the {@link ControlQueue}, or is dropped. */
final class ControlOutput {
  /** What writes the body of an answer whose length shows only then. */
  interface Body {
    /** Writes the answer to a request; returns its whole length. */
    int write(MemorySegment answer, long at, MemorySegment request, long requestAt);
  }

  private final ControlQueue queue;
  private final Counters counters;

  ControlOutput(ControlQueue queue, Counters counters) {
    this.queue = queue;
    this.counters = counters;
  }

  /** A call ABORT, or with call number 0 a connection ABORT. */
  void abort(ConnectionHead c, int cid, int callNumber, int code) {
    MemorySegment p = queue.begin(c.address, c.local, Abort.LENGTH);
    if (p != null) {
      header(p, c, cid, callNumber, c.nextSerial(), PacketType.ABORT, 0);
      Abort.write(p, queue.at(), code);
      counters.add(Counter.ABORTS_SENT);
    }
  }

  /**
   * An ABORT or BUSY for a packet that belongs to nothing here: it mirrors the packet and echoes
   * its service and security index, so that a secured peer accepts it.
   */
  void reject(Arrival a, int type, int code) {
    int length = type == PacketType.ABORT ? Abort.LENGTH : Header.LENGTH;
    MemorySegment p = queue.begin(a.from(), a.to(), length);
    if (p != null) {
      header(p, a, 0, type, ~a.flags() & Flags.CLIENT_INITIATED);
      if (type == PacketType.ABORT) {
        Abort.write(p, queue.at(), code);
      }
      counters.add(type == PacketType.ABORT ? Counter.ABORTS_SENT : Counter.BUSY_SENT);
    }
  }

  /** A PING to the sender of a packet, of whom nothing is kept. */
  void ping(Arrival a, int serial, AckTrailer trailer) {
    ackNothing(a, serial, 0, AckReason.PING, Flags.REQUEST_ACK, trailer);
    counters.add(Counter.PINGS_SENT);
  }

  /**
   * Tells the sender of a packet that asks, of whom nothing is kept: nothing of the call is here.
   */
  void ackNothing(Arrival a, AckTrailer trailer) {
    ackNothing(a, 0, a.serial(), AckReason.PING_RESPONSE, 0, trailer);
  }

  private void ackNothing(
      Arrival a, int serial, int acked, int reason, int flags, AckTrailer trailer) {
    MemorySegment p =
        queue.begin(a.from(), a.to(), Ack.MIN_LENGTH + Ack.PADDING + Ack.TRAILER_LENGTH);
    if (p != null) {
      header(p, a, serial, PacketType.ACK, Flags.SLOW_START_OK | flags);
      Ack.write(p, queue.at(), 1, 0, acked, reason, 0);
      trailer.write(p, queue.at(), 0, trailer.rwind(), trailer.packet(0));
      counters.add(Counter.ACKS_SENT);
    }
  }

  /** A BUSY for a call of a connection that exists. */
  void busy(ConnectionHead c, int cid, int callNumber) {
    MemorySegment p = queue.begin(c.address, c.local, Header.LENGTH);
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
      ConnectionHead c,
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
        queue.begin(c.address, c.local, Ack.MIN_LENGTH + count + Ack.PADDING + Ack.TRAILER_LENGTH);
    if (p == null) {
      return 0;
    }
    long at = queue.at();
    int serial = c.nextSerial();
    header(p, c, cid, callNumber, serial, PacketType.ACK, Flags.SLOW_START_OK | flags);
    Ack.write(p, at, first, previous, acked, reason, count);
    for (int i = 0; i < count; i++) {
      Ack.setSoftAck(p, at, i, rx != null && rx.has(first + i));
    }
    int rwind = rx == null ? trailer.rwind() : rx.rwind(first - 1);
    trailer.write(p, at, count, rwind, c.packetTold(trailer));
    counters.add(Counter.ACKS_SENT);
    return serial;
  }

  /** Pads the ACK built last to {@code bytes}; false if there is no memory for that. */
  boolean pad(int bytes) {
    return queue.pad(bytes);
  }

  /**
   * A CHALLENGE or RESPONSE.
   *
   * @param checksum of the header: the security class's, as the payload
   */
  void security(ConnectionHead c, int type, byte[] payload, int checksum) {
    MemorySegment p = queue.begin(c.address, c.local, Header.LENGTH + payload.length);
    if (p != null) {
      header(p, c, c.cid, 0, c.nextSerial(), type, 0);
      Header.setChecksum(p, queue.at(), checksum);
      long body = queue.at() + Header.LENGTH;
      MemorySegment.copy(MemorySegment.ofArray(payload), 0, p, body, payload.length);
      counters.add(type == PacketType.CHALLENGE ? Counter.CHALLENGES_SENT : Counter.RESPONSES_SENT);
    }
  }

  /** The answer to a VERSION request. */
  void versionReply(Arrival request, String text) {
    MemorySegment p = queue.begin(request.from(), request.to(), Version.REPLY_LENGTH);
    if (p != null) {
      Version.writeReply(
          p,
          queue.at(),
          request.epoch(),
          request.cid(),
          request.callNumber(),
          request.serviceId(),
          text);
      counters.add(Counter.VERSIONS_ANSWERED);
    }
  }

  /** A VERSION request; the reply carries {@code id} as its call number. */
  void versionRequest(InetSocketAddress to, int id) {
    MemorySegment p = queue.begin(to, null, Version.REQUEST_LENGTH);
    if (p != null) {
      Version.writeRequest(p, queue.at(), id);
    }
  }

  /** Asks a peer about itself; {@code id} comes back in the answer. */
  void debugRequest(InetSocketAddress to, int id, int debugType, int index) {
    MemorySegment p = queue.begin(to, null, DebugRequest.LENGTH);
    if (p != null) {
      DebugRequest.write(p, queue.at(), id, debugType, index);
    }
  }

  /**
   * Answers a DEBUG request.
   *
   * @param most bytes that the body may need
   */
  void debugReply(Arrival request, int most, Body body) {
    MemorySegment p = queue.begin(request.from(), request.to(), most);
    if (p != null) {
      queue.shorten(body.write(p, queue.at(), request.memory(), request.at()));
      counters.add(Counter.DEBUGS_ANSWERED);
    }
  }

  /**
   * Refuses a DEBUG request, as Linux does. Not under the call number of the request, by which
   * rxdebug knows its answer: it would take the ABORT for the record it asked for.
   */
  void debugRefusal(Arrival request) {
    MemorySegment p = queue.begin(request.from(), request.to(), Abort.LENGTH);
    if (p != null) {
      Header.write(
          p,
          queue.at(),
          request.epoch(),
          request.cid(),
          0,
          0,
          0,
          PacketType.ABORT,
          0,
          0,
          0,
          0,
          request.serviceId());
      Abort.write(p, queue.at(), AbortCodes.RX_PROTOCOL_ERROR);
      counters.add(Counter.ABORTS_SENT);
    }
  }

  /** A datagram of nothing to the sender of a packet. */
  void empty(Arrival a) {
    queue.begin(a.from(), a.to(), 0);
  }

  /** The header of a packet of a connection, with these flags beside that of the side. */
  private void header(
      MemorySegment p, ConnectionHead c, int cid, int callNumber, int serial, int type, int flags) {
    Header.write(
        p,
        queue.at(),
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
  private void header(MemorySegment p, Arrival a, int serial, int type, int flags) {
    Header.write(
        p,
        queue.at(),
        a.epoch(),
        a.cid(),
        a.callNumber(),
        0,
        serial,
        type,
        flags,
        0,
        a.securityIndex(),
        0,
        a.serviceId());
  }
}
