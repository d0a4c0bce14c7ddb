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
    FORGET_DEBUG
  }

  private static final long MOST_SECONDS = Integer.MAX_VALUE / 1000;
  private static final Duration HOUR = Duration.ofHours(1);

  Action action = Action.DATA;
  long tag;
  int abortCode;
  long length = SocketCall.UNKNOWN;
  boolean exclusive;
  boolean upgrade;
  ControlMessage.@Nullable SetCallTimeout timeout;
  ControlMessage.@Nullable DebugRequest debug;
  private boolean tagged;
  private boolean debugId;

  private SendCommand() {}

  static SendCommand parse(List<ControlMessage> control) throws SocketErrorException {
    SendCommand c = new SendCommand();
    for (ControlMessage m : control) {
      c.add(m);
    }
    if (c.debugId && c.action == Action.ABORT) {
      c.action = Action.FORGET_DEBUG;
    }
    boolean debugging = c.action == Action.DEBUG || c.action == Action.FORGET_DEBUG;
    if (debugging ? c.tagged || !c.debugId : c.debugId || !c.tagged) {
      throw invalid("exactly one USER_CALL_ID is wanted, or a DEBUG_ID with a DEBUG_REQUEST");
    }
    if (c.length != SocketCall.UNKNOWN && c.action != Action.DATA) {
      throw invalid("TX_LENGTH without data");
    }
    return c;
  }

  private void add(ControlMessage m) throws SocketErrorException {
    switch (m) {
      case ControlMessage.UserCallId id -> {
        if (tagged) {
          throw invalid("USER_CALL_ID twice");
        }
        tagged = true;
        tag = id.tag();
      }
      case ControlMessage.Abort abort -> {
        action(Action.ABORT, m);
        abortCode = abort.code();
        if (abortCode == 0) {
          throw invalid("abort code 0 looks like success");
        }
      }
      case ControlMessage.Accept accept -> action(Action.ACCEPT, accept);
      case ControlMessage.ChargeAccept charge -> action(Action.CHARGE, charge);
      case ControlMessage.DebugId id -> {
        if (debugId) {
          throw invalid("DEBUG_ID twice");
        }
        debugId = true;
        tag = id.id();
      }
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
