package io.rxrpc.engine;

import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.ServerSecurity.Verified;
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

  /** Sends the first CHALLENGE of a connection. */
  void challenge(ServiceConnection c, long now) {
    c.nonce = endpoint.random.nextInt(); // the endpoint's source is a CSPRNG
    sendChallenge(c, now);
  }

  /** Sends another CHALLENGE, or gives the waiting calls up. */
  void repeatChallenge(ServiceConnection c, long now) {
    Refusal refusal = c.refusal;
    if (refusal != null) {
      endpoint.serviceSide.abort(c, refusal.code(), refusal.reason(), now);
    } else if (c.securing != ServiceConnection.Securing.CHALLENGED) {
      c.challengeAt = Long.MAX_VALUE;
    } else if (c.challenges >= tries) {
      endpoint.serviceSide.abort(
          c, AbortCodes.RX_CALL_DEAD, "no RESPONSE to " + tries + " CHALLENGEs", now);
    } else {
      sendChallenge(c, now);
    }
  }

  private void sendChallenge(ServiceConnection c, long now) {
    c.challenges++;
    c.challengeAt = now + retry;
    endpoint.timers.update(c);
    if (c.challenges > 1 && !c.peer.reach.mayRepeat(now)) {
      return; // who sent the request under this address does not get them
    }
    byte[] payload = c.serverSecurity.challenge(c.identity(), c.nonce);
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
    endpoint.tasks.add(new Respond(c, challenge));
  }

  /** Somebody else has answered. */
  void respondWith(ClientConnection c, byte[] response, long now) {
    c.proof.answer(response, null, null, now);
  }

  /** A RESPONSE came. */
  void responded(ServiceConnection c, MemorySegment p, long at, int length) {
    endpoint.counters.add(Counter.RESPONSES_RECEIVED);
    if (c.securing != ServiceConnection.Securing.CHALLENGED) {
      endpoint.counters.add(Counter.SPURIOUS); // none outstanding, or a second one
      return;
    }
    c.securing = ServiceConnection.Securing.VERIFYING;
    c.challengeAt = Long.MAX_VALUE;
    endpoint.tasks.add(new Verify(c, payload(p, at, length)));
  }

  private static byte[] payload(MemorySegment p, long at, int length) {
    return p.asSlice(at + Header.LENGTH, length - Header.LENGTH).toArray(ValueLayout.JAVA_BYTE);
  }

  private void secured(ServiceConnection c, Verified result, long now) {
    int[] numbers = result.callNumbers();
    for (int i = 0; i < c.channels.length; i++) {
      Channel ch = c.channels[i];
      // raise, never lower; a live call's number stands. The number told may be that of a
      // call whose DATA has not come yet: that one must still be new here.
      if (ch.call == null && Sequence.after(numbers[i] - 1, ch.callNumber)) {
        ch.callNumber = numbers[i] - 1;
        ch.last = Channel.Last.NONE;
      }
    }
    c.security = result.security();
    c.peer.reach.prove();
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
  private void refuse(ServiceConnection c, int code, String reason, long now) {
    endpoint.counters.add(Counter.RESPONSES_REFUSED);
    c.securing = ServiceConnection.Securing.REFUSED;
    c.refusal = new Refusal(code, reason);
    c.challengeAt = now + refusalDelay;
    endpoint.timers.update(c);
  }

  /** Why a connection will be aborted. */
  record Refusal(int code, String reason) {}

  /** What the peer is told; a security class that threw something else has a defect. */
  private static int code(@Nullable SecurityFailure f) {
    return f == null ? AbortCodes.RX_PROTOCOL_ERROR : f.abortCode();
  }

  private static String reason(@Nullable SecurityFailure f) {
    return f == null ? "the security class failed" : String.valueOf(f.getMessage());
  }

  private final class Respond extends SecurityTask {
    private final ClientConnection connection;
    private final ConnectionIdentity identity;
    private final byte[] challenge;
    private final int[] callNumbers;
    private byte @Nullable [] response;
    private @Nullable SecurityFailure failure;

    Respond(ClientConnection connection, byte[] challenge) {
      this.connection = connection;
      this.challenge = challenge;
      identity = connection.identity();
      callNumbers = connection.callNumbers();
    }

    @Override
    public void run() {
      try {
        response = connection.bundle.clientSecurity.respond(identity, challenge, callNumbers);
      } catch (SecurityFailure e) {
        failure = e;
      }
    }

    @Override
    public @Nullable String refusal() {
      return null;
    }

    @Override
    public void finish(long now) {
      connection.responding = false;
      SecurityFailure f = failure;
      byte[] r = response;
      if (connection.closed) {
        return;
      }
      if (r != null && !Arrays.equals(callNumbers, connection.callNumbers())) {
        respond(connection, challenge); // a call has begun since
      } else if (r != null) {
        connection.proof.answer(r, challenge, callNumbers, now);
      } else {
        endpoint.clientSide.abort(connection, code(f), reason(f), now);
      }
    }

    @Override
    public void discard() {
      response = null; // nothing in it is secret
    }
  }

  private final class Verify extends SecurityTask {
    private final ServiceConnection connection;
    private final ConnectionIdentity identity;
    private final int nonce;
    private final byte[] response;
    private @Nullable Verified result;
    private @Nullable SecurityFailure failure;

    Verify(ServiceConnection connection, byte[] response) {
      this.connection = connection;
      this.response = response;
      identity = connection.identity();
      nonce = connection.nonce;
    }

    @Override
    public void run() {
      try {
        result = connection.serverSecurity.verify(identity, nonce, response);
      } catch (SecurityFailure e) {
        failure = e;
      }
    }

    @Override
    public @Nullable String refusal() {
      SecurityFailure f = failure;
      return f == null
          ? null
          : "client "
              + connection.peer.address.getAddress().getHostAddress()
              + " port "
              + connection.peer.address.getPort()
              + " of service "
              + identity.serviceId()
              + " refused, "
              + f.getMessage()
              + ": aborted with "
              + AbortCodes.describe(f.abortCode());
    }

    @Override
    public void finish(long now) {
      Verified r = result;
      SecurityFailure f = failure;
      if (connection.closed) {
        discard();
      } else if (r != null) {
        secured(connection, r, now);
      } else {
        refuse(connection, code(f), reason(f), now);
      }
    }

    @Override
    public void discard() {
      Verified r = result;
      if (r != null) {
        r.security().destroy();
      }
    }
  }
}
