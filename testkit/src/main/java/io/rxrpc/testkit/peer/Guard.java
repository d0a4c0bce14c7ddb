// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.peer;

import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.PacketBuilder;
import io.rxrpc.testkit.ToyHandshake;
import io.rxrpc.testkit.peer.ModelConnection.Channel;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.util.Arrays;

/**
 * How a model server finds out who calls on a connection. Calls are taken meanwhile and their data
 * is acked, but nobody reads it.
 */
final class Guard {
  /** Also what Linux says when a call number is not as the RESPONSE tells (RXKADSEALEDINCON). */
  private static final int SEALED_INCONSISTENT = 19270410;

  private enum Standing {
    NEW,
    CHALLENGING,
    VERIFYING,
    SECURE
  }

  private final ModelConnection connection;
  private final ToyHandshake secret;
  private final Habits habits;
  private final int nonce;
  private Standing standing = Standing.NEW;
  private long challengeAt = Long.MAX_VALUE;

  Guard(ModelConnection connection, ToyHandshake secret, int nonce) {
    this.connection = connection;
    this.secret = secret;
    this.nonce = nonce;
    habits = connection.owner.habits();
  }

  boolean secure() {
    return standing == Standing.SECURE;
  }

  /** A call has come. */
  void called(long now) {
    if (standing == Standing.NEW) {
      standing = Standing.CHALLENGING;
      challenge(now);
    }
  }

  private void challenge(long now) {
    PacketBuilder packet = new PacketBuilder(PacketType.CHALLENGE);
    packet.payload(secret.challenge(nonce));
    connection.send(packet, 0, 0, connection.nextSerial());
    challengeAt = habits.challengeRetry() == 0 ? Long.MAX_VALUE : now + habits.challengeRetry();
  }

  void act(long now) {
    if (challengeAt <= now && standing == Standing.CHALLENGING) {
      challenge(now);
    }
  }

  long wakeAt() {
    return standing == Standing.CHALLENGING ? challengeAt : Long.MAX_VALUE;
  }

  /** A RESPONSE has come: somebody else looks at it, a while later. */
  void responded(Datagram d, long now) {
    if (standing == Standing.CHALLENGING) {
      standing = Standing.VERIFYING;
      byte[] response = Arrays.copyOfRange(d.bytes(), Header.LENGTH, d.length());
      connection.owner.net().at(now + habits.verifyTime(), () -> verify(response));
    }
  }

  private void verify(byte[] response) {
    long now = connection.owner.net().now();
    try {
      if (!connection.dead) {
        take(secret.verify(identity(), nonce, response), now);
      }
    } catch (SecurityFailure e) {
      refuse(e.abortCode(), now);
    }
    connection.owner.act(now);
  }

  private void take(int[] told, long now) {
    for (int i = 0; i < told.length; i++) {
      Channel ch = connection.channels[i];
      boolean wrong = told[i] < ch.number || (told[i] > ch.number && ch.call != null);
      if (wrong && habits.strictNumbers()) {
        refuse(SEALED_INCONSISTENT, now);
        return;
      }
    }
    standing = Standing.SECURE;
  }

  private void refuse(int code, long now) {
    connection.abort(0, 0, code);
    connection.dead = true;
    for (Channel ch : connection.channels) {
      if (ch.call != null) {
        connection.owner.ended(ch.call, false, code, false, now);
      }
    }
  }

  private ConnectionIdentity identity() {
    return new ConnectionIdentity(
        connection.epoch, connection.cid, connection.serviceId, ToyHandshake.INDEX);
  }
}
