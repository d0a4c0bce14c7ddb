// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.rekey;

import io.rxrpc.security.AuthName;
import io.rxrpc.security.ClientConnectionSecurity;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.ServerSecurity;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A security class of the shape of rxgk: a nonce of 20 octets, the key number in the headers of
 * RESPONSE and DATA, a start time that the client chooses and the server hears of in the RESPONSE,
 * a header and a trailer, keys that move, several names. Its cryptography is a toy's.
 */
final class RekeyingSecurity implements ClientSecurity, ServerSecurity {
  static final int INDEX = 249;
  static final int NONCE_LENGTH = 20;
  static final String MECHANISM = "toy-rekeying";

  static final int BAD_CHALLENGE = 90_001;
  static final int SEALED_INCONSISTENT = 90_002;
  static final int BAD_KEY_NUMBER = 90_003;
  static final int NOT_AUTHORISED = 90_004;
  static final int BAD_LEVEL = 90_005;

  private static final int AUTHENTICATOR = 8 + 4 + 4 * 4;

  /** What both ends know, and what they do with it. */
  record Plan(long secret, SecurityLevel level, long life, boolean asks, List<AuthName> names) {
    Plan secret(long other) {
      return new Plan(other, level, life, asks, names);
    }

    Plan level(SecurityLevel other) {
      return new Plan(secret, other, life, asks, names);
    }

    /** Goes to the next key after so many octets. */
    Plan life(long octets) {
      return new Plan(secret, level, octets, asks, names);
    }

    /** Goes to the next key without asking what may still be repeated. */
    Plan careless() {
      return new Plan(secret, level, life, false, names);
    }

    Plan named(AuthName... all) {
      return new Plan(secret, level, life, asks, List.of(all));
    }

    RekeyingSecurity build() {
      return new RekeyingSecurity(this);
    }
  }

  /** The level of a client, the least one of a server. */
  final Plan plan;

  /** What was made so far, to be looked at. */
  final List<RekeyingConnection> made = new CopyOnWriteArrayList<>();

  private final AtomicLong starts = new AtomicLong(1);

  private RekeyingSecurity(Plan plan) {
    this.plan = plan;
  }

  static Plan plan() {
    return new Plan(
        0x5ec2e7, SecurityLevel.ENCRYPT, 0, true, List.of(AuthName.kerberos5("alice@EXAMPLE.COM")));
  }

  @Override
  public int securityIndex() {
    return INDEX;
  }

  @Override
  public boolean challenges() {
    return true;
  }

  @Override
  public int nonceLength() {
    return NONCE_LENGTH;
  }

  @Override
  public ClientConnectionSecurity connect(ConnectionIdentity connection) {
    ToyCipher cipher = new ToyCipher(plan.secret, connection, starts.getAndIncrement());
    ShiftingKeys keys = new ShiftingKeys(0, plan.life, plan.asks);
    RekeyingConnection made = new RekeyingConnection(cipher, keys, plan.level, true, null);
    this.made.add(made);
    return made;
  }

  @Override
  public ConnectionSecurity unchallenged(ConnectionIdentity connection) {
    throw new IllegalStateException("this class challenges");
  }

  @Override
  public byte[] challenge(ConnectionIdentity connection, byte[] nonce) {
    return nonce;
  }

  /** What a client says, and its proof with the key of this moment. */
  static ResponsePacket answer(
      ToyCipher cipher, int keyNumber, byte[] nonce, SecurityLevel level, int[] callNumbers) {
    ByteBuffer body = ByteBuffer.allocate(AUTHENTICATOR + ToyCipher.TAG);
    body.putLong(cipher.start()).putInt(level.number());
    for (int number : callNumbers) {
      body.putInt(number);
    }
    byte[] said = java.util.Arrays.copyOf(body.array(), AUTHENTICATOR);
    body.put(cipher.tag(keyNumber, "response", nonce, said));
    return new ResponsePacket(body.array(), keyNumber & 0xffff);
  }

  @Override
  public Verified verify(ConnectionIdentity connection, byte[] nonce, ResponsePacket response)
      throws SecurityFailure {
    byte[] payload = response.payload();
    if (payload.length != AUTHENTICATOR + ToyCipher.TAG || nonce.length != NONCE_LENGTH) {
      throw new SecurityFailure(BAD_CHALLENGE, "toy: RESPONSE of " + payload.length + " octets");
    }
    if (response.checksum() > 1) { // a server begins at 0
      throw new SecurityFailure(BAD_KEY_NUMBER, "toy: RESPONSE with key " + response.checksum());
    }
    ByteBuffer body = ByteBuffer.wrap(payload);
    ToyCipher cipher = new ToyCipher(plan.secret, connection, body.getLong());
    SecurityLevel level = SecurityLevel.of(body.getInt());
    int[] numbers = {body.getInt(), body.getInt(), body.getInt(), body.getInt()};
    byte[] said = java.util.Arrays.copyOf(payload, AUTHENTICATOR);
    byte[] tag = java.util.Arrays.copyOfRange(payload, AUTHENTICATOR, payload.length);
    if (!MessageDigest.isEqual(tag, cipher.tag(response.checksum(), "response", nonce, said))) {
      throw new SecurityFailure(SEALED_INCONSISTENT, "toy: the RESPONSE proves nothing");
    }
    if (level == null || level.compareTo(plan.level) < 0) {
      throw new SecurityFailure(BAD_LEVEL, "toy: level " + level);
    }
    PeerIdentity peer =
        plan.names.isEmpty()
            ? new PeerIdentity.Printed(MECHANISM, null, level)
            : new PeerIdentity.Gss(MECHANISM, plan.names, null, level);
    ShiftingKeys keys = new ShiftingKeys(response.checksum(), plan.life, plan.asks);
    RekeyingConnection security = new RekeyingConnection(cipher, keys, level, false, peer);
    made.add(security);
    return new Verified(security, numbers);
  }

  @Override
  public String toString() {
    return MECHANISM;
  }
}
