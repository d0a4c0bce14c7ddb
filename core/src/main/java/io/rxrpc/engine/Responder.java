// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.security.ResponsePacket;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Answers CHALLENGEs: the client's part of securing a connection. */
final class Responder {
  private final EngineContext context;
  private final ClientConnections connections;

  /** CHALLENGEs that the maker of the calls is to answer, or to forget as they are not open. */
  final ArrayDeque<OpenChallenge> challenges = new ArrayDeque<>();

  Responder(EngineContext context, ClientConnections connections) {
    this.context = context;
    this.connections = connections;
  }

  /** A CHALLENGE came. */
  void challenged(ClientConnection c, Arrival a) {
    context.counters.add(Counter.CHALLENGES_RECEIVED);
    if (c.active == 0 || c.responding) {
      context.counters.add(Counter.SPURIOUS); // no signing oracle
      return;
    }
    connections.challenged(c);
    byte[] challenge = payload(a);
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
      context.counters.add(Counter.SPURIOUS); // the server repeats what is being answered
      return;
    }
    expire(c);
    OpenChallenge asked = new OpenChallenge(c, owner, challenge, new Answers(c));
    c.challenge = asked;
    challenges.add(asked);
  }

  /** Nobody needs the answer any more. */
  void expire(ClientConnection c) {
    OpenChallenge asked = c.challenge;
    if (asked != null) {
      c.challenge = null;
      asked.close();
      challenges.add(asked); // its owner shall learn of it
    }
  }

  /** The security class answers. */
  void respond(ClientConnection c, byte[] challenge) {
    c.responding = true;
    context.tasks.add(new RespondTask(this, c, challenge));
  }

  /** A RESPONSE goes out for the first time, made of a challenge with these call numbers. */
  void answer(
      ClientConnection c,
      ResponsePacket response,
      byte @Nullable [] madeOf,
      int @Nullable [] callNumbers,
      long now) {
    c.proof.answer(response, madeOf, callNumbers);
    send(c, response, now);
  }

  /** The same RESPONSE goes again, or a new one if a call has begun since it was made. */
  void repeat(ClientConnection c, long now) {
    ResponsePacket response = c.proof.response();
    if (response == null || c.responding || c.active == 0) {
      c.proof.rest();
      return;
    }
    byte[] challenge = c.proof.madeOf(c.callNumbers());
    if (challenge == null) {
      send(c, response, now);
    } else {
      c.proof.rest();
      respond(c, challenge);
    }
  }

  private void send(ClientConnection c, ResponsePacket response, long now) {
    context.control.security(c, PacketType.RESPONSE, response.payload(), response.checksum());
    c.proof.sent(c.peer.rtt.timeout(c.proof.repeats()), context.tuning.keepalive(), now);
    context.timers.update(c);
  }

  /** There is no answer: the connection and its calls are aborted. */
  void abort(ClientConnection c, int code, String why, long now) {
    connections.abort(c, code, why, now);
  }

  private static byte[] payload(Arrival a) {
    return a.memory()
        .asSlice(a.at() + Header.LENGTH, a.length() - Header.LENGTH)
        .toArray(ValueLayout.JAVA_BYTE);
  }

  /** How the owner of a CHALLENGE answers it. */
  private final class Answers implements OpenChallenge.Answers {
    private final ClientConnection connection;

    Answers(ClientConnection connection) {
      this.connection = connection;
    }

    @Override
    public void byClass(byte[] challenge) {
      connection.challenge = null;
      respond(connection, challenge);
    }

    @Override
    public void with(ResponsePacket response, long now) {
      connection.challenge = null;
      answer(connection, response, null, null, now);
    }

    @Override
    public void not(int code, long now) {
      connection.challenge = null;
      abort(connection, code, "the challenge was rejected", now);
    }
  }
}
