// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.Sockets.id;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.udp.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One application on one socket that never blocks: it makes calls and serves them, in both roles
 * with data of all lengths, buffers of all sizes, PEEKs, aborts, time limits and pauses. It fails
 * when a message has a tag that must be silent, or says other things than it may.
 */
final class TagUser {
  private static final int AT_ONCE = 12;
  private static final int CHARGES = 16;

  /** Tags of served calls begin here. */
  private static final long SERVED = 1_000_000;

  /** What a call may still have to say before its end is told. */
  private static final Set<Errno> CALL_IS_OVER =
      Set.of(
          Errno.ESHUTDOWN,
          Errno.ECONNABORTED,
          Errno.ECONNRESET,
          Errno.ENETRESET,
          Errno.EKEYREJECTED,
          Errno.ETIME,
          Errno.EPROTO);

  /** A tag in use. */
  private static final class Tag {
    /** What is still to be sent; null when the phase has been sent, or must not be yet. */
    @Nullable ByteBuffer out;

    boolean received;
  }

  private final RxrpcSocket socket;
  private final RxrpcAddress other;
  private final Random random;
  private final boolean charges;
  private final boolean freshTags;
  private final int calls;
  private final Map<Long, Tag> tags = new TreeMap<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(200_000);
  private long lastTag;
  private int begun;
  private int ended;
  private boolean over;

  TagUser(RxrpcSocket socket, RxrpcAddress other, Random random, int calls) throws IOException {
    this.socket = socket;
    this.other = other;
    this.random = random;
    this.calls = calls;
    charges = random.nextBoolean();
    freshTags = random.nextBoolean();
    for (int i = 0; charges && i < CHARGES; i++) {
      charge();
    }
  }

  /** Tags that have ended, one way or the other. */
  int ended() {
    return ended;
  }

  /** Whether all its calls have been made, and every call with a tag has ended. */
  boolean isDone() {
    return over || (begun >= calls && SocketAccess.table(socket).size() == 0);
  }

  /** What is not over. */
  String open() {
    Map<Long, String> open = new HashMap<>();
    for (long tag : tags.keySet()) {
      SocketCall c = SocketAccess.table(socket).find(tag);
      if (c != null) {
        open.put(tag, c.call + ", " + c.messages + " messages, " + c.call.completion());
      }
    }
    return "begun " + begun + ", open " + open;
  }

  void shutdown() throws IOException {
    socket.shutdown();
    ended += tags.size();
    over = true;
  }

  /** Does this and that, as long as it does not have to wait. */
  void act() throws IOException {
    if (over || random.nextInt(3) == 0) {
      return; // it has other things to do: what comes waits
    }
    for (int n = random.nextInt(4); n > 0 && begun < calls; n--) {
      begin();
    }
    for (long tag : tags.keySet().toArray(new Long[0])) {
      goOn(tag);
    }
    for (int n = random.nextInt(12); n > 0; n--) {
      if (!receive()) {
        break;
      }
    }
    if (random.nextInt(40) == 0 && !tags.isEmpty()) {
      abort(tags.keySet().toArray(new Long[0])[random.nextInt(tags.size())]);
    }
  }

  // sending

  private void begin() throws IOException {
    long mine = tags.keySet().stream().filter(t -> t < SERVED).count();
    if (mine >= AT_ONCE) {
      return;
    }
    long tag = freshTag(0);
    begun++;
    Message m = Message.of(tag, payload()).to(other);
    if (random.nextInt(10) == 0) {
      m = m.with(new ControlMessage.ExclusiveCall());
    }
    if (random.nextInt(8) == 0) {
      m =
          m.with(
              new ControlMessage.SetCallTimeout(
                  Duration.ofSeconds(1 + random.nextInt(5)),
                  Duration.ofMillis(500),
                  Duration.ofMillis(1000)));
    }
    Tag t = new Tag();
    t.out = m.data();
    tags.put(tag, t);
    send(tag, t, m);
  }

  private void goOn(long tag) throws IOException {
    Tag t = tags.get(tag);
    if (t != null && t.out != null) {
      send(tag, t, Message.of(tag, t.out));
    }
  }

  private void send(long tag, Tag t, Message m) throws IOException {
    try {
      socket.sendmsg(m);
      if (!m.data().hasRemaining()) {
        t.out = null; // an empty rest would be the end all the same
      }
    } catch (SocketErrorException e) {
      if (e.errno() == Errno.EAGAIN) {
        return;
      }
      check(CALL_IS_OVER.contains(e.errno()), "sendmsg of tag " + tag + ": " + e);
      t.out = null;
    }
  }

  private void abort(long tag) throws IOException {
    try {
      socket.sendmsg(Message.of(id(tag), new ControlMessage.Abort(7)));
      gone(tag);
    } catch (SocketErrorException e) {
      check(e.errno() == Errno.EBUSY, "abort of tag " + tag + ": " + e); // charged for, not used
    }
  }

  private byte[] payload() {
    int[] bounds = {1, 2, 100, 1500, 6000, 30_000};
    int bound = random.nextInt(50) == 0 ? 150_000 : bounds[random.nextInt(bounds.length)];
    byte[] bytes = new byte[random.nextInt(bound)];
    random.nextBytes(bytes);
    return bytes;
  }

  private long freshTag(long base) {
    if (freshTags) {
      return base + ++lastTag;
    }
    long tag = base;
    while (tags.containsKey(tag)) {
      tag++; // used again as soon as may be
    }
    return tag;
  }

  private void charge() throws IOException {
    long tag = freshTag(SERVED);
    socket.sendmsg(Message.of(Sockets.CHARGE, id(tag)));
    tags.put(tag, new Tag());
  }

  private void accept() throws IOException {
    long tag = freshTag(SERVED);
    try {
      socket.sendmsg(Message.of(Sockets.ACCEPT, id(tag)));
      tags.put(tag, new Tag());
    } catch (SocketErrorException e) {
      check(e.errno() == Errno.ENODATA, "ACCEPT: " + e);
    }
  }

  private void gone(long tag) throws IOException {
    tags.remove(tag);
    ended++;
    if (charges && tag >= SERVED) {
      charge();
    }
  }

  // receiving

  private int room() {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextInt(3);
      case 1 -> random.nextInt(1500);
      case 2 -> buffer.capacity();
      default -> random.nextInt(20_000);
    };
  }

  /** False if there is nothing. */
  private boolean receive() throws IOException {
    int room = room();
    ReceivedMessage peeked = null;
    byte[] shown = {};
    if (random.nextInt(3) == 0) {
      peeked = next(room, MsgFlag.PEEK);
      shown = Arrays.copyOf(buffer.array(), buffer.position());
    }
    ReceivedMessage m = next(room);
    if (peeked != null) {
      sameAsPeeked(peeked, shown, m);
    }
    if (m == null) {
      return false;
    }
    if (m.has(ControlMessage.NewCall.class)) {
      accept();
      return true;
    }
    long tag = m.userCallId().orElseThrow();
    if (m.endOfRecord()) {
      gone(tag);
    } else if (!m.more() && tag >= SERVED) {
      Tag t = tags.get(tag);
      check(t != null && !t.received, "the request of tag " + tag + " ended twice");
      t.received = true;
      t.out = ByteBuffer.wrap(payload());
      goOn(tag);
    }
    return true;
  }

  private @Nullable ReceivedMessage next(int room, MsgFlag... flags) throws IOException {
    ReceivedMessage m;
    try {
      m = socket.recvmsg(buffer.clear().limit(room), flags);
    } catch (SocketErrorException e) {
      check(e.errno() == Errno.EAGAIN, "recvmsg: " + e);
      return null;
    }
    if (m.has(ControlMessage.NewCall.class)) {
      return m;
    }
    long tag = m.userCallId().orElseThrow();
    check(tags.containsKey(tag), "a message of tag " + tag + ", which is not in use: " + m);
    check(m.length() == buffer.position(), "length of " + m);
    boolean terminal = m.control().size() > 1;
    check(!terminal || (m.endOfRecord() && m.length() == 0), "a terminal message: " + m);
    check(!(m.endOfRecord() && m.more()), "MORE and EOR: " + m);
    check(terminal || tag < SERVED || !m.endOfRecord(), "EOR with a request: " + m);
    return m;
  }

  /** What PEEK showed is what the next one gets. */
  private void sameAsPeeked(ReceivedMessage peeked, byte[] shown, @Nullable ReceivedMessage m) {
    check(m != null, "nothing after a PEEK of " + peeked);
    check(peeked.control().equals(m.control()), "after a PEEK of " + peeked + ": " + m);
    check(peeked.more() == m.more(), "MORE after a PEEK of " + peeked + ": " + m);
    byte[] got = Arrays.copyOf(buffer.array(), buffer.position());
    check(Arrays.equals(shown, got), "other data after a PEEK of " + peeked + ": " + m);
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
