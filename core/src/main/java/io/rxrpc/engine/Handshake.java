package io.rxrpc.engine;

import io.rxrpc.security.SecurityFailure;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import io.rxrpc.wire.Sequence;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** CHALLENGE and RESPONSE, both sides. The content belongs to the security classes. */
final class Handshake {
  /** What a datagram has room for behind the header. */
  private static final int MOST_PAYLOAD = 65_507 - Header.LENGTH;

  private final Endpoint endpoint;
  private final long retry;
  private final long refusalDelay;
  private final int tries;

  Handshake(Endpoint endpoint) {
    this.endpoint = endpoint;
    retry = endpoint.tunables.get(Tunable.CHALLENGE_RETRY);
    refusalDelay = endpoint.tunables.get(Tunable.RESPONSE_REFUSAL_DELAY);
    tries = endpoint.tunables.getInt(Tunable.CHALLENGE_TRIES);
  }

  /** Secures a connection to which a call has come; nothing if that is under way. */
  void secure(ServiceConnection c) {
    if (c.begun) {
      return;
    }
    c.begun = true;
    if (c.securing == ServiceConnection.Securing.CHALLENGED) {
      c.nonce = endpoint.random.nextInt(); // the endpoint's source is a CSPRNG
      endpoint.tasks.add(new ChallengeTask(c));
    } else {
      endpoint.tasks.add(new VerifyTask(c, null));
    }
  }

  /** Sends another CHALLENGE, or gives the waiting calls up. */
  void repeatChallenge(ServiceConnection c, long now) {
    Refusal refusal = c.refusal;
    if (refusal != null) {
      endpoint.serviceSide.abort(c, refusal.code(), refusal.reason(), now);
    } else if (c.securing != ServiceConnection.Securing.CHALLENGED || c.challenge == null) {
      c.challengeAt = Long.MAX_VALUE;
    } else if (c.challenges >= tries) {
      endpoint.serviceSide.abort(
          c, AbortCodes.RX_CALL_DEAD, "no RESPONSE to " + tries + " CHALLENGEs", now);
    } else {
      sendChallenge(c, c.challenge, now);
    }
  }

  void sendChallenge(ServiceConnection c, byte[] payload, long now) {
    c.challenges++;
    c.challengeAt = now + retry;
    endpoint.timers.update(c);
    if (c.challenges > 1 && !c.peer.reach.mayRepeat(now)) {
      return; // who sent the request under this address does not get them
    }
    endpoint.control.security(c, PacketType.CHALLENGE, payload);
  }

  /** A CHALLENGE came. */
  void challenged(ClientConnection c, MemorySegment p, long at, int length) {
    endpoint.counters.add(Counter.CHALLENGES_RECEIVED);
    if (c.active == 0 || c.responding) {
      endpoint.counters.add(Counter.SPURIOUS); // no signing oracle
      return;
    }
    endpoint.clientSide.challenged(c);
    byte[] challenge = payload(p, at, length);
    Object owner = c.bundle.key.challenged();
    if (owner == null) {
      respond(c, challenge);
    } else {
      ask(c, owner, challenge);
    }
  }

  private void ask(ClientConnection c, Object owner, byte[] challenge) {
    OpenChallenge before = c.challenge;
    if (before != null && Arrays.equals(before.payload(), challenge)) {
      endpoint.counters.add(Counter.SPURIOUS); // the server repeats what is being answered
      return;
    }
    expire(c);
    OpenChallenge asked = new OpenChallenge(endpoint, c, owner, challenge);
    c.challenge = asked;
    endpoint.challenges.add(asked);
  }

  /** Nobody needs the answer any more. */
  void expire(ClientConnection c) {
    OpenChallenge asked = c.challenge;
    if (asked != null) {
      c.challenge = null;
      endpoint.challenges.add(asked); // its owner shall learn of it
    }
  }

  /** The security class answers. */
  void respond(ClientConnection c, byte[] challenge) {
    c.responding = true;
    endpoint.tasks.add(new RespondTask(c, challenge));
  }

  /** Somebody else has answered. */
  void respondWith(ClientConnection c, byte[] response, long now) {
    c.proof.answer(response, null, null, now);
  }

  /** A RESPONSE came. */
  void responded(ServiceConnection c, MemorySegment p, long at, int length) {
    endpoint.counters.add(Counter.RESPONSES_RECEIVED);
    if (c.securing != ServiceConnection.Securing.CHALLENGED || c.challenges == 0) {
      endpoint.counters.add(Counter.SPURIOUS); // none outstanding, or a second one
      return;
    }
    c.securing = ServiceConnection.Securing.VERIFYING;
    c.challengeAt = Long.MAX_VALUE;
    endpoint.tasks.add(new VerifyTask(c, payload(p, at, length)));
  }

  private static byte[] payload(MemorySegment p, long at, int length) {
    return p.asSlice(at + Header.LENGTH, length - Header.LENGTH).toArray(ValueLayout.JAVA_BYTE);
  }

  /** What a security class has made is fit for a packet. */
  static byte[] checked(byte @Nullable [] payload, String what) throws SecurityFailure {
    if (payload == null || payload.length > MOST_PAYLOAD) {
      throw Protection.nonsense(
          (payload == null ? "no " : payload.length + " bytes as the ") + what);
    }
    return payload;
  }

  /** A connection's security is there. */
  void secured(ServiceConnection c, Protection protection, int[] numbers, long now) {
    for (int i = 0; i < c.channels.length; i++) {
      Channel ch = c.channels[i];
      // raise, never lower; a live call's number stands. The number told may be that of a
      // call whose DATA has not come yet: that one must still be new here.
      if (ch.call == null && Sequence.after(numbers[i] - 1, ch.callNumber)) {
        ch.callNumber = numbers[i] - 1;
        ch.last = Channel.Last.NONE;
      }
    }
    c.protection = protection;
    if (c.challenges > 0) {
      c.peer.reach.prove();
    }
    c.securing = ServiceConnection.Securing.SECURE;
    endpoint.serviceSide.secured(c);
    for (Channel ch : c.channels) {
      Call call = ch.call;
      if (call != null) {
        call.secured(now);
      }
    }
    endpoint.timers.update(c);
  }

  /**
   * Ends a connection whose RESPONSE was wrong, a while later: whoever tries keys is slowed down,
   * and by a timer, not by a thread that waits.
   */
  void refuse(ServiceConnection c, int code, String reason, long now) {
    endpoint.counters.add(Counter.RESPONSES_REFUSED);
    c.securing = ServiceConnection.Securing.REFUSED;
    c.refusal = new Refusal(code, reason);
    c.challengeAt = now + refusalDelay;
    endpoint.timers.update(c);
  }

  /** Why a connection will be aborted. */
  record Refusal(int code, String reason) {}
}
