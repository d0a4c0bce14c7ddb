// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.driver.Hold;
import io.rxrpc.driver.SecurityDefects;
import io.rxrpc.engine.Completion;
import io.rxrpc.engine.PhasePeek;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.udp.Errno;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One {@code recvmsg}: the four notes of the document, line by line. */
final class Receiver {
  private final CallTable table;
  private final Hold hold;
  private final ByteBuffer buffer;
  private final boolean peek;

  /** Until when to block, by the driver's clock. */
  private final long deadline;

  private final boolean blocking;
  private final SocketWaiter waiter;

  Receiver(
      CallTable table,
      Hold hold,
      ByteBuffer buffer,
      boolean peek,
      boolean blocking,
      long deadline) {
    this.table = table;
    this.hold = hold;
    this.buffer = buffer;
    this.peek = peek;
    this.blocking = blocking;
    this.deadline = deadline;
    waiter = new SocketWaiter(table.driver.time());
  }

  ReceivedMessage receive() throws IOException {
    try {
      while (true) {
        Inbox.Entry e = table.inbox.firstFree();
        if (e == null || table.over() != CallTable.Over.FAILED) {
          table.checkOpen(); // calls learn first how a port that fails ends them
        }
        ReceivedMessage m = e == null ? null : take(e);
        if (m != null) {
          return m;
        }
        if (e == null) {
          await();
        }
      }
    } finally {
      table.receivers.remove(waiter);
      if (table.inbox.firstFree() != null) {
        table.receivers.wakeOne(hold.wakeups()); // whoever was woken for it may have been us
        table.pollers.wakeAll(hold.wakeups());
      }
    }
  }

  private void await() throws IOException {
    if (!table.mayReceive()) {
      throw new SocketErrorException(Errno.EAGAIN, "there is no call to receive from");
    }
    if (!blocking) {
      throw new SocketErrorException(Errno.EAGAIN, "nothing to receive");
    }
    if (Deadline.expired(deadline, table.driver.time())) {
      throw new SocketErrorException(Errno.EAGAIN, "nothing came in time");
    }
    waiter.reset();
    table.receivers.add(waiter);
    try {
      waiter.await(hold, deadline);
    } finally {
      table.receivers.remove(waiter);
    }
  }

  private @Nullable ReceivedMessage take(Inbox.Entry e) throws IOException {
    return switch (e.kind) {
      case NEW_CALL -> newCall(e);
      case END -> end(e);
      case DEBUG -> debug(e);
      case CHALLENGE -> challenge(e);
      case DATA -> data(e);
    };
  }

  private ReceivedMessage newCall(Inbox.Entry e) {
    PendingCall p = e.pending;
    if (p == null) {
      throw new IllegalStateException("NEW_CALL without a call");
    }
    if (!peek) {
      table.inbox.remove(e);
      p.message = null;
    }
    return new ReceivedMessage(
        new RxrpcAddress(p.call.peer(), p.call.serviceId()),
        List.of(new ControlMessage.NewCall()),
        0,
        Set.of());
  }

  private ReceivedMessage debug(Inbox.Entry e) {
    DebugExchange.Answer a = e.answer;
    if (a == null) {
      throw new IllegalStateException("an answer without data");
    }
    int n = Math.min(buffer.remaining(), a.payload.length - a.at);
    buffer.put(a.payload, a.at, n);
    boolean whole = a.at + n == a.payload.length;
    if (!peek) {
      a.at += n;
      if (whole) {
        table.inbox.remove(e);
      }
    }
    return new ReceivedMessage(
        a.from,
        List.of(new ControlMessage.DebugId(a.id), new ControlMessage.DebugReply(a.type)),
        n,
        Set.of(whole ? MsgFlag.EOR : MsgFlag.MORE));
  }

  private ReceivedMessage challenge(Inbox.Entry e) {
    Challenges.Question q = e.question;
    if (q == null) {
      throw new IllegalStateException("a challenge without a question");
    }
    if (!peek) {
      table.inbox.remove(e);
    }
    return q.told();
  }

  private ReceivedMessage end(Inbox.Entry e) {
    SocketCall c = call(e);
    Completion end = c.end();
    if (end == null) {
      throw new IllegalStateException("the end of a call that lives");
    }
    if (!peek) {
      table.inbox.remove(e);
      table.release(c, hold.now(), hold.wakeups());
    }
    return message(c, SocketCall.terminal(end, c.call.isClient()), 0, EnumSet.of(MsgFlag.EOR));
  }

  /** Data of one call, as much as the notes allow; null if the call was aborted meanwhile. */
  private @Nullable ReceivedMessage data(Inbox.Entry first) throws IOException {
    SocketCall c = call(first);
    if (peek) {
      return peeked(c, first);
    }
    int start = buffer.position();
    c.reading = true;
    Inbox.Entry e = first;
    try {
      while (e != null) {
        table.inbox.remove(e);
        if (!copy(c, e.upTo)) {
          break;
        }
        if (c.reader.readTo() != e.upTo) {
          table.inbox.pushBack(e); // (3): the rest stays in front
          table.tell(hold.wakeups());
          break; // (d)
        }
        e = c.reader.ended() ? null : next(c, start); // (a)
      }
    } finally {
      c.endReading(hold.now());
    }
    if (c.dataOver) {
      buffer.position(start); // aborted while we copied: what waits is discarded
      return null;
    }
    EnumSet<MsgFlag> flags = EnumSet.noneOf(MsgFlag.class);
    Completion end = c.call.completion();
    if (!c.reader.ended()) {
      flags.add(MsgFlag.MORE); // (4)
    } else if (c.call.isClient() && end != null && end.ok()) {
      flags.add(MsgFlag.EOR);
      table.release(c, hold.now(), hold.wakeups());
    }
    return message(c, null, buffer.position() - start, flags);
  }

  /** The next message if it is data of the same call and there is room for it, else null. */
  private Inbox.@Nullable Entry next(SocketCall c, int start) throws IOException {
    waiter.reset();
    while (buffer.hasRemaining() && !c.dataOver) { // (d)
      Inbox.Entry e = table.inbox.first();
      if (e != null) {
        return e.isData(c) ? e : null; // (b), (c)
      }
      if (!blocking || table.over() != null || Deadline.expired(deadline, table.driver.time())) {
        return null;
      }
      table.awaitMore(c, waiter);
      try {
        waiter.await(hold, deadline);
      } catch (SocketErrorException interrupted) {
        if (buffer.position() == start) {
          throw interrupted;
        }
        return null; // what was copied is delivered; the thread's flag tells of the rest
      } finally {
        table.stopAwaitingMore(c, waiter);
      }
      waiter.reset();
    }
    return null;
  }

  /** Copies up to a packet, without the lock; false if the data has gone. */
  private boolean copy(SocketCall c, int upTo) {
    while (!c.dataOver && c.reader.fetch()) {
      copying(c, to -> c.reader.copy(to, 0, buffer.remaining(), upTo));
      c.reader.release(hold.now());
      boolean full = !buffer.hasRemaining() && c.reader.available();
      if (full || c.reader.readTo() == upTo) {
        break; // else an empty packet may follow
      }
    }
    return !c.dataOver;
  }

  /** Unseals into the buffer without the lock; what its security refuses ends the call. */
  private void copying(SocketCall c, Copy how) {
    MemorySegment to = MemorySegment.ofBuffer(buffer);
    int n = 0;
    SecurityFailure refused = null;
    try (Hold.Pause _ = hold.pause()) {
      n = how.copy(to);
    } catch (SecurityFailure e) {
      SecurityDefects.tell(e);
      refused = e;
    }
    buffer.position(buffer.position() + n);
    if (refused != null) {
      c.cannotUnseal(refused, hold.now(), hold.wakeups());
    }
  }

  /** Copies data of a call to the beginning of a segment. */
  private interface Copy {
    int copy(MemorySegment to) throws SecurityFailure;
  }

  /** (2): the same, but it takes nothing and never waits for more. */
  private @Nullable ReceivedMessage peeked(SocketCall c, Inbox.Entry first) {
    int start = buffer.position();
    // what has come but was not told yet, as its sender has more, can be seen all the same
    c.happened(0, hold.now(), hold.wakeups());
    c.reading = true;
    PhasePeek peeking = c.reader.peek();
    try {
      int upTo = table.inbox.upTo(first);
      while (!c.dataOver && peeking.fetch(upTo)) {
        copying(c, to -> peeking.copy(to, 0, buffer.remaining(), upTo));
      }
    } finally {
      peeking.close(hold.now());
      c.endReading(hold.now());
    }
    if (c.dataOver) {
      buffer.position(start);
      return null;
    }
    boolean all = c.call.wholeReceived() && peeking.shownTo() == c.call.received();
    return message(c, null, buffer.position() - start, all ? Set.of() : EnumSet.of(MsgFlag.MORE));
  }

  private static SocketCall call(Inbox.Entry e) {
    SocketCall c = e.call;
    if (c == null) {
      throw new IllegalStateException("a message without a call");
    }
    return c;
  }

  private static ReceivedMessage message(
      SocketCall c, @Nullable ControlMessage what, int length, Set<MsgFlag> flags) {
    List<ControlMessage> control = new ArrayList<>(2);
    control.add(new ControlMessage.UserCallId(c.tag));
    if (what != null) {
      control.add(what);
    }
    return new ReceivedMessage(c.address(), control, length, flags);
  }
}
