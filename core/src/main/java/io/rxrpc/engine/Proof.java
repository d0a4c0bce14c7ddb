package io.rxrpc.engine;

import io.rxrpc.wire.PacketType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server has shown that it believes who calls on a connection: only reply data does, as a
 * server of Linux acknowledges and answers PINGs before it knows. Until then the RESPONSE goes
 * again and again, for nobody tells that it was lost, and no second call begins.
 */
final class Proof {
  private final ClientConnection connection;
  private boolean given;
  private boolean asked;

  private byte @Nullable [] challenge;
  private byte @Nullable [] response;

  /** The call numbers in it; null if somebody else has made it. */
  private int @Nullable [] numbers;

  private int repeats;
  private long repeatAt = Long.MAX_VALUE;

  /** A connection without security has nothing to prove. */
  Proof(ClientConnection connection, boolean given) {
    this.connection = connection;
    this.given = given;
  }

  /** Whether further calls may begin on the connection. */
  boolean given() {
    return given;
  }

  /** Whether the server acknowledges without ever having asked who calls. */
  boolean neverAsked() {
    return !given && !asked;
  }

  /** The server has delivered a call to its service. */
  void give() {
    given = true;
    challenge = null;
    response = null;
    repeatAt = Long.MAX_VALUE;
  }

  /** A CHALLENGE came, perhaps from one that has forgotten the connection. */
  void asked() {
    given = false;
    asked = true;
  }

  /** A RESPONSE goes out for the first time, made of a challenge with these call numbers. */
  void answer(byte[] payload, byte @Nullable [] madeOf, int @Nullable [] callNumbers, long now) {
    response = payload;
    challenge = madeOf;
    numbers = callNumbers;
    repeats = 0;
    send(payload, now);
  }

  /** The same again, or a new one if a call has begun since it was made. */
  void repeat(long now) {
    byte[] r = response;
    byte[] c = challenge;
    if (given || r == null || connection.responding || connection.active == 0) {
      repeatAt = Long.MAX_VALUE;
    } else if (c != null && numbers != null && !Arrays.equals(numbers, connection.callNumbers())) {
      repeatAt = Long.MAX_VALUE;
      connection.endpoint.handshake.respond(connection, c);
    } else {
      send(r, now);
    }
  }

  private void send(byte[] payload, long now) {
    Endpoint endpoint = connection.endpoint;
    endpoint.control.security(connection, PacketType.RESPONSE, payload);
    long pause = connection.peer.rtt.timeout(repeats++);
    // later it goes with the PINGs, which ask a silent peer for a sign of life
    repeatAt = given || pause > endpoint.keepalive ? Long.MAX_VALUE : now + pause;
    endpoint.timers.update(connection);
  }

  /** When it goes again by itself. */
  long repeatAt() {
    return connection.active == 0 ? Long.MAX_VALUE : repeatAt;
  }
}
