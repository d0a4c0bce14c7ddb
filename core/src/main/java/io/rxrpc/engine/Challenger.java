// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.security.ResponsePacket;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import io.rxrpc.wire.Sequence;
import java.lang.foreign.ValueLayout;

/**
 * Asks clients who they are, and verifies their RESPONSEs: the server's part of securing a
 * connection. What CHALLENGE and RESPONSE hold belongs to the security classes.
 */
final class Challenger {
  private final EngineContext context;
  private final ServiceConnections connections;
  private final long retry;
  private final long refusalDelay;
  private final int tries;

  /**
   * @param retry the time between two CHALLENGEs
   */
  Challenger(EngineContext context, ServiceConnections connections, long retry) {
    this.context = context;
    this.connections = connections;
    this.retry = retry;
    refusalDelay = context.tunables.get(Tunable.RESPONSE_REFUSAL_DELAY);
    tries = context.tunables.getInt(Tunable.CHALLENGE_TRIES);
  }

  /** Secures a connection to which a call has come; nothing if that is under way. */
  void secure(ServiceConnection c) {
    if (c.begun) {
      return;
    }
    c.begun = true;
    if (c.securing == ServiceConnection.Securing.CHALLENGED) {
      context.random.nextBytes(c.nonce); // the endpoint's source is a CSPRNG
      context.tasks.add(new ChallengeTask(this, c));
    } else {
      context.tasks.add(new VerifyTask(this, c, null));
    }
  }

  /** Sends another CHALLENGE, or gives the waiting calls up. */
  void repeatChallenge(ServiceConnection c, long now) {
    ServiceConnection.Refused refused = c.refused;
    if (refused != null) {
      abort(c, refused.code(), refused.reason(), now);
    } else if (c.securing != ServiceConnection.Securing.CHALLENGED || c.challenge == null) {
      c.challengeAt = Long.MAX_VALUE;
    } else if (c.challenges >= tries) {
      abort(c, AbortCodes.RX_CALL_DEAD, "no RESPONSE to " + tries + " CHALLENGEs", now);
    } else {
      sendChallenge(c, c.challenge, now);
    }
  }

  void sendChallenge(ServiceConnection c, byte[] payload, long now) {
    c.challenges++;
    c.challengeAt = now + retry;
    context.timers.update(c);
    if (c.challenges > 1 && !c.peer.reach.mayRepeat(now)) {
      return; // who sent the request under this address does not get them
    }
    context.control.security(c, PacketType.CHALLENGE, payload, 0);
  }

  /** A RESPONSE came. */
  void responded(ServiceConnection c, Arrival a) {
    context.counters.add(Counter.RESPONSES_RECEIVED);
    if (c.securing != ServiceConnection.Securing.CHALLENGED || c.challenges == 0) {
      context.counters.add(Counter.SPURIOUS); // none outstanding, or a second one
      return;
    }
    c.securing = ServiceConnection.Securing.VERIFYING;
    c.challengeAt = Long.MAX_VALUE;
    byte[] payload =
        a.memory()
            .asSlice(a.at() + Header.LENGTH, a.length() - Header.LENGTH)
            .toArray(ValueLayout.JAVA_BYTE);
    int checksum = Header.checksum(a.memory(), a.at());
    context.tasks.add(new VerifyTask(this, c, new ResponsePacket(payload, checksum)));
  }

  /** A connection's security is there. */
  void secured(ServiceConnection c, Protection protection, int[] numbers, long now) {
    for (int i = 0; i < Connection.CHANNELS; i++) {
      // raise, never lower; a live call's number stands. The number told may be that of a
      // call whose DATA has not come yet: that one must still be new here.
      if (c.call(i) == null && Sequence.after(numbers[i] - 1, c.callNumber(i))) {
        Channel ch = c.channel(i);
        ch.callNumber = numbers[i] - 1;
        ch.last = Channel.Last.NONE;
      }
    }
    c.protection = protection;
    if (c.challenges > 0) {
      c.peer.prove();
    }
    c.securing = ServiceConnection.Securing.SECURE;
    connections.secured(c);
    for (int i = 0; i < Connection.CHANNELS; i++) {
      Call call = c.call(i);
      if (call != null) {
        secured(call, now);
      }
    }
    context.timers.update(c);
  }

  /** It is known who calls. */
  private void secured(Call call, long now) {
    if (call.state() != CallState.SERVER_SECURING) {
      return;
    }
    call.enter(CallState.SERVER_RECV_REQUEST);
    call.gear.rx.window(context.tuning.rxWindow());
    call.gear.acks.atOnce(AckReason.IDLE, 0); // tells the wider window
    call.lists.output(call);
    call.post(Call.NEW);
    if (call.gear.rx.complete()) {
      call.enter(CallState.SERVER_ACK_REQUEST);
    }
    call.timers.awaitData(now);
    context.timers.update(call.timers);
  }

  /**
   * Ends a connection whose RESPONSE was wrong, a while later: whoever tries keys is slowed down,
   * and by a timer, not by a thread that waits.
   */
  void refuse(ServiceConnection c, int code, String reason, long now) {
    context.counters.add(Counter.RESPONSES_REFUSED);
    c.securing = ServiceConnection.Securing.REFUSED;
    c.refused = new ServiceConnection.Refused(code, reason);
    c.challengeAt = now + refusalDelay;
    context.timers.update(c);
  }

  /** The connection cannot be secured: it is aborted with its calls. */
  void abort(ServiceConnection c, int code, String why, long now) {
    connections.abort(c, code, why, now);
  }
}
