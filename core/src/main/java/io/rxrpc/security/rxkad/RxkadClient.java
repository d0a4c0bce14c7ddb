// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import io.rxrpc.key.ClientTokens;
import io.rxrpc.key.Key;
import io.rxrpc.key.KeyException;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.ClientConnectionSecurity;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.udp.Errno;
import java.lang.foreign.MemorySegment;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * rxkad for a client's calls: a token and a level. Equal, so that calls share connections, if both
 * are. Immutable and safe for all threads.
 *
 * <p>As in Linux the token must be valid when a connection is made, for each packet it seals and
 * when it answers a CHALLENGE.
 */
public final class RxkadClient implements ClientSecurity {
  private final RxkadToken token;
  private final @Nullable Key key;
  private final SecurityLevel level;
  private final InstantSource wallClock;
  private final boolean oldChallenges;

  private RxkadClient(
      RxkadToken token,
      @Nullable Key key,
      SecurityLevel level,
      InstantSource wallClock,
      boolean oldChallenges) {
    this.token = token;
    this.key = key;
    this.level = level;
    this.wallClock = wallClock;
    this.oldChallenges = oldChallenges;
  }

  /**
   * Security with a token.
   *
   * @param token the token
   * @param level the security level
   * @param wallClock the time of day, for the token's end and nothing else
   */
  public RxkadClient(RxkadToken token, SecurityLevel level, InstantSource wallClock) {
    this(token, null, level, wallClock, false);
  }

  /**
   * {@return security with the first rxkad token of a key of type {@code rxrpc}; revoking the key
   * or letting it expire ends it, also on connections that are in use}
   *
   * @param key the key
   * @param level the security level
   * @param wallClock the wall clock, for the validity of tokens
   * @throws KeyException ENOKEY if the key holds no token, EKEYREVOKED or EKEYEXPIRED if it may not
   *     be used
   */
  public static RxkadClient of(Key key, SecurityLevel level, InstantSource wallClock)
      throws KeyException {
    RxkadToken token = key.payload() instanceof ClientTokens tokens ? tokens.rxkad() : null;
    if (token != null) {
      return new RxkadClient(token, key, level, wallClock, false);
    }
    throw new KeyException(Errno.ENOKEY, key + " holds no token");
  }

  /**
   * {@return the same, answering also the CHALLENGE of the version before 2, which binds to
   * nothing}
   */
  public RxkadClient withOldChallenges() {
    return new RxkadClient(token, key, level, wallClock, true);
  }

  /** {@return the level of its connections} */
  public SecurityLevel level() {
    return level;
  }

  @Override
  public int securityIndex() {
    return RxkadConnection.INDEX;
  }

  @Override
  public ClientConnectionSecurity connect(ConnectionIdentity connection) throws SecurityFailure {
    return new RxkadClientConnection(this, connection, expand(), this::checkUsable);
  }

  private FcryptKey expand() throws SecurityFailure {
    byte[] sessionKey = token.sessionKey();
    try {
      checkUsable(); // after the copy: what was cleared meanwhile is not used
      return new FcryptKey(sessionKey);
    } finally {
      Arrays.fill(sessionKey, (byte) 0);
    }
  }

  private void checkUsable() throws SecurityFailure {
    Key k = key;
    if (k != null) {
      try {
        k.validate();
      } catch (KeyException e) {
        throw e.errno() == Errno.EKEYEXPIRED
            ? RxkadFailures.expired(k.toString())
            : RxkadFailures.revoked(k.toString());
      }
    }
    if (token.destroyed()) {
      throw RxkadFailures.revoked("the token");
    }
    if (!token.endless() && wallClock.millis() > token.end() * 1000 + 999) {
      throw RxkadFailures.expired("the token");
    }
  }

  /** The payload of a RESPONSE. */
  byte[] respond(ConnectionIdentity connection, byte[] challenge, int[] callNumbers)
      throws SecurityFailure {
    FcryptKey session = expand();
    try {
      RxkadAnswer answer = new RxkadAnswer(token, level, session, connection);
      return challenge.length == ResponseBody.OLD_CHALLENGE_LENGTH && oldChallenges
          ? answer.old(MemorySegment.ofArray(challenge))
          : answer.to(MemorySegment.ofArray(challenge), callNumbers);
    } finally {
      session.destroy();
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof RxkadClient c
        && level == c.level
        && oldChallenges == c.oldChallenges
        && Objects.equals(key, c.key)
        && token.equals(c.token);
  }

  @Override
  public int hashCode() {
    return token.hashCode() * 31 + level.hashCode();
  }

  @Override
  public String toString() {
    return "rxkad " + level + " with " + token;
  }
}
