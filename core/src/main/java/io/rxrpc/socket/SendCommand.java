// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.udp.Errno;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the control data of one {@code sendmsg} asks for, checked as C's is. */
final class SendCommand {
  /** What is to be done. */
  enum Action {
    /** Send the data. */
    DATA,
    /** Abort the call. */
    ABORT,
    /** Accept a call. */
    ACCEPT,
    /** Give the tag to a call to come. */
    CHARGE,
    /** Ask a server about itself. */
    DEBUG,
    /** Wait no more for what was asked. */
    FORGET_DEBUG,
    /** Answer a CHALLENGE. */
    RESPOND,
    /** Reject a CHALLENGE. */
    REJECT
  }

  private static final long MOST_SECONDS = Integer.MAX_VALUE / 1000;
  private static final Duration HOUR = Duration.ofHours(1);

  Action action = Action.DATA;

  /** The tag, the debug id or the id of a message outside the calls. */
  long tag;

  int abortCode;
  long length = SocketCall.UNKNOWN;
  boolean exclusive;
  boolean upgrade;
  ControlMessage.@Nullable SetCallTimeout timeout;
  ControlMessage.@Nullable DebugRequest debug;

  /** What the id is: the class of the control message that gave it. */
  private @Nullable Class<? extends ControlMessage> named;

  private boolean responds;

  private SendCommand() {}

  static SendCommand parse(List<ControlMessage> control) throws SocketErrorException {
    SendCommand c = new SendCommand();
    for (ControlMessage m : control) {
      c.add(m);
    }
    c.settle();
    if (c.length != SocketCall.UNKNOWN && c.action != Action.DATA) {
      throw invalid("TX_LENGTH without data");
    }
    return c;
  }

  /** What is meant depends on what is named. */
  private void settle() throws SocketErrorException {
    if (named == ControlMessage.OobId.class) {
      action =
          switch (action) {
            case ABORT -> Action.REJECT;
            case DATA -> Action.RESPOND;
            default -> throw invalid(action + " beside OOB_ID");
          };
      if (action == Action.RESPOND && !responds) {
        throw invalid("OOB_ID without RESPOND or ABORT");
      }
      return;
    }
    if (named == ControlMessage.DebugId.class && action == Action.ABORT) {
      action = Action.FORGET_DEBUG;
    }
    boolean debugging = action == Action.DEBUG || action == Action.FORGET_DEBUG;
    Class<? extends ControlMessage> wanted =
        debugging ? ControlMessage.DebugId.class : ControlMessage.UserCallId.class;
    if (named != wanted || responds) {
      throw invalid(
          "exactly one USER_CALL_ID is wanted, or a DEBUG_ID with a DEBUG_REQUEST, or an OOB_ID"
              + " with a RESPOND");
    }
  }

  private void name(ControlMessage m, long id) throws SocketErrorException {
    if (named != null) {
      throw invalid(m + " beside another id");
    }
    named = m.getClass();
    tag = id;
  }

  private void add(ControlMessage m) throws SocketErrorException {
    switch (m) {
      case ControlMessage.UserCallId id -> name(id, id.tag());
      case ControlMessage.DebugId id -> name(id, id.id());
      case ControlMessage.OobId id -> name(id, id.id());
      case ControlMessage.Respond r -> responds = true;
      case ControlMessage.Abort abort -> {
        action(Action.ABORT, m);
        abortCode = abort.code();
        if (abortCode == 0) {
          throw invalid("abort code 0 looks like success");
        }
      }
      case ControlMessage.Accept accept -> action(Action.ACCEPT, accept);
      case ControlMessage.ChargeAccept charge -> action(Action.CHARGE, charge);
      case ControlMessage.DebugRequest request -> {
        action(Action.DEBUG, request);
        debug = request;
      }
      case ControlMessage.DebugReply r -> throw received(r);
      case ControlMessage.ExclusiveCall call -> exclusive = true;
      case ControlMessage.UpgradeService call -> upgrade = true;
      case ControlMessage.TxLength l -> {
        if (l.bytes() < 0 || length != SocketCall.UNKNOWN) {
          throw invalid(l.toString());
        }
        length = l.bytes();
      }
      case ControlMessage.SetCallTimeout t -> {
        if (t.hard().isNegative() || seconds(t.hard()) > MOST_SECONDS) {
          throw range(t);
        }
        withinHour(t, t.idle());
        withinHour(t, t.normal());
        timeout = t;
      }
      case ControlMessage.Ack r -> throw received(r);
      case ControlMessage.NetError r -> throw received(r);
      case ControlMessage.Busy r -> throw received(r);
      case ControlMessage.LocalError r -> throw received(r);
      case ControlMessage.NewCall r -> throw received(r);
      case ControlMessage.Challenged r -> throw received(r);
    }
  }

  private void action(Action wanted, ControlMessage m) throws SocketErrorException {
    if (action != Action.DATA) {
      throw invalid(m + " beside " + action);
    }
    action = wanted;
  }

  /** Whole seconds, rounded up. */
  static long seconds(Duration d) {
    return d.getNano() == 0 || d.isNegative() ? d.getSeconds() : d.getSeconds() + 1;
  }

  private static void withinHour(ControlMessage.SetCallTimeout t, @Nullable Duration d)
      throws SocketErrorException {
    if (d != null && (d.isNegative() || d.compareTo(HOUR) > 0)) {
      throw range(t);
    }
  }

  private static SocketErrorException received(ControlMessage m) {
    return invalid(m + " can only be received");
  }

  private static SocketErrorException range(ControlMessage.SetCallTimeout t) {
    return new SocketErrorException(Errno.ERANGE, t.toString());
  }

  private static SocketErrorException invalid(String what) {
    return new SocketErrorException(Errno.EINVAL, what);
  }
}
