// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.driver.Hold;
import io.rxrpc.driver.SecurityDefects;
import io.rxrpc.engine.CallState;
import io.rxrpc.engine.Completion;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.udp.Errno;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The data of one {@code sendmsg}. */
final class Sender {
  /** Bytes that may be copied under the lock. */
  private static final int SMALL = 4096;

  private final CallTable table;
  private final Hold hold;
  private final SocketCall c;
  private final ByteBuffer data;
  private final boolean more;

  /** What the phase will have in all, if this message says so. */
  private final long length;

  private final boolean blocking;

  /** Until when to block, by the driver's clock. */
  private final long deadline;

  private final int start;

  Sender(
      CallTable table,
      Hold hold,
      SocketCall call,
      ByteBuffer data,
      long length,
      boolean more,
      boolean blocking,
      long deadline) {
    this.table = table;
    this.hold = hold;
    this.c = call;
    this.data = data;
    this.length = length;
    this.more = more;
    this.blocking = blocking;
    this.deadline = deadline;
    start = data.position();
  }

  /** Returns how many bytes were taken. */
  int send() throws IOException {
    while (c.writing) {
      if (!await()) {
        throw again("another thread sends on this call");
      }
      table.checkOpen();
    }
    check();
    c.writing = true;
    try {
      run();
    } finally {
      c.endWriting(hold.wakeups());
    }
    int n = data.position() - start;
    c.sent += n;
    return n;
  }

  /** What C checks before the first byte. */
  private void check() throws SocketErrorException {
    if (c.gone || c.call.completion() != null) {
      throw new SocketErrorException(Errno.ESHUTDOWN, "the call is over");
    }
    CallState state = c.call.state();
    Errno no = refusal(state);
    if (no != null || c.writer.ended()) {
      throw new SocketErrorException(
          no == null ? Errno.EPROTO : no, "not the time to send: " + state);
    }
    if (length != SocketCall.UNKNOWN && (c.announced != SocketCall.UNKNOWN || c.sent > 0)) {
      throw new SocketErrorException(Errno.EINVAL, "TX_LENGTH comes with the first data");
    }
    long announced = length == SocketCall.UNKNOWN ? c.announced : length;
    checkLength(announced, c.sent, data.remaining(), more);
    c.announced = announced; // only now: what fails leaves nothing behind
  }

  /**
   * Compares what is to be sent with what was announced.
   *
   * @throws SocketErrorException EMSGSIZE
   */
  static void checkLength(long announced, long sent, int bytes, boolean more)
      throws SocketErrorException {
    long left = announced - sent;
    if (announced != SocketCall.UNKNOWN && (bytes > left || (!more && bytes != left))) {
      throw new SocketErrorException(
          Errno.EMSGSIZE, "TX_LENGTH leaves " + left + " bytes, not " + bytes);
    }
  }

  /** Why nothing can be sent in a state, or null if it can. */
  private static @Nullable Errno refusal(CallState s) {
    return switch (s) {
      case CLIENT_AWAIT_CONN, CLIENT_SEND_REQUEST, SERVER_ACK_REQUEST, SERVER_SEND_REPLY -> null;
      case SERVER_SECURING, SERVER_RECV_REQUEST -> Errno.EBUSY; // its request is still coming
      case CLIENT_AWAIT_REPLY, CLIENT_RECV_REPLY, SERVER_AWAIT_ACK, COMPLETE -> Errno.EPROTO;
    };
  }

  private void run() throws IOException {
    while (data.hasRemaining() || (!more && !c.writer.ended())) {
      Completion end = c.call.completion();
      if (c.gone || end != null) {
        over(end);
        return;
      }
      if (c.writer.grant(data.remaining(), hold.now())) {
        put();
      } else if (!awaitRoom()) {
        return;
      }
    }
  }

  /** The call ended below us: what was taken counts, else its error. */
  private void over(@Nullable Completion end) throws IOException {
    table.checkOpen();
    if (data.position() == start) {
      int errno = end == null || end.ok() ? Errno.ESHUTDOWN.number() : end.errno();
      throw new SocketErrorException(errno, end == null ? "aborted" : end.reason(), null);
    }
  }

  /** False if it must not wait any more but something was taken. */
  private boolean awaitRoom() throws IOException {
    table.sendRefused();
    try {
      if (await()) {
        return true;
      }
    } catch (SocketErrorException e) {
      if (data.position() > start) {
        return false;
      }
      throw e;
    }
    if (data.position() > start) {
      return false;
    }
    throw again("no room to send");
  }

  /** Waits until something changes for senders of the call; false if there is no time to wait. */
  private boolean await() throws SocketErrorException {
    if (!blocking || Deadline.expired(deadline, table.driver.time())) {
      return false;
    }
    SocketWaiter waiter = new SocketWaiter(table.driver.time());
    c.senders.add(waiter);
    try {
      waiter.await(hold, deadline);
    } finally {
      c.senders.remove(waiter);
    }
    return true;
  }

  private static SocketErrorException again(String why) {
    return new SocketErrorException(Errno.EAGAIN, why);
  }

  /** Copies and seals; without the lock, unless it is little and nothing is to be sealed. */
  private void put() {
    if (data.remaining() <= SMALL && c.call.security() == NullSecurity.INSTANCE) {
      SecurityFailure refused = fill();
      if (refused != null) {
        throw new IllegalStateException("the null class refuses", refused);
      }
      c.writer.commit(hold.now());
      return;
    }
    SecurityFailure refused;
    try (Hold.Pause _ = hold.pause()) {
      refused = fill();
    }
    if (refused != null) {
      c.cannotSeal(refused, hold.now(), hold.wakeups());
    } else if (!c.gone) {
      c.writer.commit(hold.now());
    }
  }

  /** Returns why the security class does not seal, or null. */
  private @Nullable SecurityFailure fill() {
    try {
      MemorySegment from = MemorySegment.ofBuffer(data);
      int n = c.writer.put(from, 0, data.remaining());
      data.position(data.position() + n);
      if (!data.hasRemaining() && !more && !c.writer.needsGrant()) {
        c.writer.finish();
      }
      return null;
    } catch (SecurityFailure e) {
      SecurityDefects.tell(e);
      return e;
    }
  }
}
