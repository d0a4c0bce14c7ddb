// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.driver.CallWatcher;
import io.rxrpc.driver.Hold;
import io.rxrpc.engine.Call;
import io.rxrpc.engine.CallWishes;
import io.rxrpc.engine.Completion;
import io.rxrpc.engine.SecurityTask;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.udp.Errno;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One {@code sendmsg}. */
final class SendOperation {
  /** Watches over a call that has no tag yet: what happens to it is looked at when it has one. */
  private static final CallWatcher UNTAGGED = (events, now, wakeups) -> {};

  private final SocketSetup setup;
  private final Message message;
  private final boolean more;
  private final boolean blocking;
  private final long deadline;

  /** For a call that this begins, if that was clear beforehand. */
  private @Nullable ClientSecurity resolved;

  SendOperation(SocketSetup setup, Message message, boolean more, boolean blocking) {
    this.setup = setup;
    this.message = message;
    this.more = more;
    this.blocking = blocking;
    deadline = Deadline.ofOption(setup.options.sendTimeout(), setup.time());
  }

  int run() throws IOException {
    SocketAddress given = message.address();
    RxrpcAddress to = given == null ? null : setup.family.checked(given);
    SendCommand command = SendCommand.parse(message.control());
    SocketSetup.State state;
    CallWishes wishes;
    setup.lock.lock();
    try {
      setup.checkOpen();
      setup.autoBind();
      state = setup.state();
      wishes =
          new CallWishes(
              command.exclusive || setup.options.exclusive(),
              command.upgrade,
              setup.options.managesResponse() ? setup.table() : null);
      if (to == null && state == SocketSetup.State.CLIENT_BOUND) {
        to = setup.connected();
      }
    } finally {
      setup.lock.unlock();
    }
    CallTable table = setup.table();
    if (table == null) {
      throw new ClosedChannelException();
    }
    if (command.action == SendCommand.Action.DATA && begins(table, command, to)) {
      resolved =
          table.driver.settled(
              setup.clientSecurity()); // resolvers are the application's: not under the lock
    }
    try (Hold hold = table.driver.hold()) {
      table.checkOpen();
      return command.action == SendCommand.Action.DATA
          ? data(table, hold, command, to, wishes)
          : act(table, hold, command, to, state);
    }
  }

  /** Does what the control messages ask for, where that is not to send data. */
  private int act(
      CallTable table,
      Hold hold,
      SendCommand command,
      @Nullable RxrpcAddress to,
      SocketSetup.State state)
      throws IOException {
    boolean listening = state == SocketSetup.State.LISTENING;
    switch (command.action) {
      case CHARGE -> {
        server(listening, "CHARGE_ACCEPT");
        table.accepting.charge(command.tag, hold.now(), hold.wakeups());
      }
      case ACCEPT -> {
        server(listening || state == SocketSetup.State.LISTEN_DISABLED, "ACCEPT");
        table.accepting.accept(command.tag, hold.now(), hold.wakeups());
      }
      case ABORT -> abort(table, hold, command);
      case DEBUG -> debug(table, command, to);
      case FORGET_DEBUG -> table.debug.forget(command.tag);
      case RESPOND -> {
        return table.challenges.respond(command.tag, message.data(), hold.now());
      }
      case REJECT -> table.challenges.reject(command.tag, command.abortCode, hold.now());
      case DATA -> throw new IllegalArgumentException("data is sent by itself");
    }
    return 0;
  }

  /**
   * Whether the message is likely to begin a call, which is looked at again under the lock: what
   * would fail for another reason shall find that one.
   */
  private boolean begins(CallTable table, SendCommand command, @Nullable RxrpcAddress to)
      throws SocketErrorException {
    if (to == null || table.over() != null || table.taken(command.tag)) {
      return false;
    }
    Sender.checkLength(command.length, 0, message.data().remaining(), more);
    return true;
  }

  private static void server(boolean may, String what) throws SocketErrorException {
    if (!may) {
      throw new SocketErrorException(Errno.EINVAL, what + " on a socket that does not listen");
    }
  }

  private static void abort(CallTable table, Hold hold, SendCommand command)
      throws SocketErrorException {
    SocketCall c = table.find(command.tag);
    if (c == null) {
      notCharged(table, command.tag);
      throw new SocketErrorException(
          Errno.EBADSLT, "no call has the tag " + Long.toUnsignedString(command.tag));
    }
    c.call.abort(command.abortCode, hold.now());
    table.release(c, hold.now(), hold.wakeups());
  }

  private static void debug(CallTable table, SendCommand command, @Nullable RxrpcAddress to)
      throws SocketErrorException {
    ControlMessage.DebugRequest request = command.debug;
    if (to == null || request == null) {
      throw new SocketErrorException(Errno.EDESTADDRREQ, "a debug request to nobody");
    }
    table.debug.ask(command.tag, request, to);
  }

  private static void notCharged(CallTable table, long tag) throws SocketErrorException {
    if (table.accepting.isCharged(tag)) {
      throw new SocketErrorException(Errno.EBUSY, "its call has not come yet");
    }
  }

  private int data(
      CallTable table, Hold hold, SendCommand command, @Nullable RxrpcAddress to, CallWishes wishes)
      throws IOException {
    SocketCall c = table.find(command.tag);
    if (c == null) {
      c = begin(table, hold, command, to, wishes);
    }
    ControlMessage.SetCallTimeout t = command.timeout;
    if (t != null) {
      limit(c.call, t, hold.now());
    }
    return new Sender(table, hold, c, message.data(), command.length, more, blocking, deadline)
        .send();
  }

  private SocketCall begin(
      CallTable table, Hold hold, SendCommand command, @Nullable RxrpcAddress to, CallWishes wishes)
      throws IOException {
    notCharged(table, command.tag);
    if (to == null) {
      throw new SocketErrorException(
          Errno.EDESTADDRREQ,
          "a new call with tag " + Long.toUnsignedString(command.tag) + " to nobody");
    }
    // a call that could send nothing would keep its tag, and nobody would ever end it
    Sender.checkLength(command.length, 0, message.data().remaining(), more);
    ClientSecurity security = resolved;
    SocketCall other;
    if (security == null) {
      try (Hold.Pause _ = hold.pause()) {
        security = table.driver.settled(setup.clientSecurity()); // resolvers are the application's
      }
      table.checkOpen();
      other = table.find(command.tag);
      if (other != null) {
        return other; // another thread was faster
      }
      notCharged(table, command.tag);
    }
    Call call =
        table.driver.engine().open(to.transport(), to.serviceId(), security, wishes, hold.now());
    SecurityTask connect = table.driver.engine().takeConnect(call);
    if (connect != null) {
      call.attach(UNTAGGED);
      try (Hold.Pause _ = hold.pause()) {
        connect.run();
      }
      connect.finish(hold.now());
      other = table.find(command.tag);
      if (other != null) {
        call.release(hold.now());
        return other; // another thread was faster
      }
      if (table.over() != null) {
        call.release(hold.now());
        table.checkOpen();
      }
    }
    Completion end = call.completion();
    if (end != null) {
      call.release(hold.now());
      throw new SocketErrorException(end.errno(), end.reason(), null);
    }
    return table.take(command.tag, call, hold.now(), hold.wakeups());
  }

  private static void limit(Call call, ControlMessage.SetCallTimeout t, long now) {
    long seconds = SendCommand.seconds(t.hard());
    call.limit(seconds == 0 ? Long.MAX_VALUE : now + seconds * 1_000_000_000L);
    Duration idle = t.idle();
    Duration normal = t.normal();
    call.patience(normal == null ? 0 : normal.toNanos(), idle == null ? 0 : idle.toNanos());
  }
}
