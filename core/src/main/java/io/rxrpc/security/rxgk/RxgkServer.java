// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import io.rxrpc.key.RxgkTime;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.security.krb.EnctypeNames;
import io.rxrpc.security.krb.KerberosKey;
import io.rxrpc.security.krb.KrbException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * rxgk as a server offers it, in one of its forms. Immutable and safe for all threads.
 *
 * <p>The level of a connection is the token's; the authenticator has to say the same.
 */
public final class RxgkServer implements ServerSecurity {
  private final RxgkForm form;
  private final RxgkServerKeys keys;
  private final InstantSource wallClock;
  private final RandomGenerator random;
  private final SecurityLevel minimum;
  private final RxgkAdmission admission;
  private final Scratch.Pool scratch = new Scratch.Pool();

  private RxgkServer(Builder b) {
    form = b.form;
    keys = b.keys;
    wallClock = b.wallClock;
    random = b.random;
    minimum = b.minimum;
    admission = b.admission;
  }

  /**
   * {@return a server that takes tokens sealed with these keys}
   *
   * @param form which of the two forms of rxgk
   * @param keys the keys
   * @param wallClock the time of day, for the validity of tokens and the life of keys
   * @param random for confounders: a cryptographic one, safe for all threads
   */
  public static Builder builder(
      RxgkForm form, RxgkServerKeys keys, InstantSource wallClock, RandomGenerator random) {
    return new Builder(form, keys, wallClock, random);
  }

  @Override
  public int securityIndex() {
    return form.index();
  }

  @Override
  public boolean challenges() {
    return true;
  }

  @Override
  public int nonceLength() {
    return Authenticator.NONCE_LENGTH;
  }

  @Override
  public ConnectionSecurity unchallenged(ConnectionIdentity connection) {
    throw new IllegalStateException("rxgk always challenges");
  }

  @Override
  public byte[] challenge(ConnectionIdentity connection, byte[] nonce) {
    return nonce;
  }

  @Override
  public Verified verify(ConnectionIdentity connection, byte[] nonce, ResponsePacket response)
      throws SecurityFailure {
    ResponseOctets octets = ResponseOctets.read(form, response.payload());
    TokenContents token = TokenContents.open(form, octets.token(), connection.serviceId(), keys);
    TransportKeys transport = null;
    try {
      checkUnexpired(token.expiration());
      transport = new TransportKeys(k0(token), connection, octets.start());
      Verified verified = verified(connection, nonce, response, octets, token, transport);
      transport = null;
      return verified;
    } finally {
      token.destroy();
      if (transport != null) {
        transport.destroy();
      }
    }
  }

  private Verified verified(
      ConnectionIdentity connection,
      byte[] nonce,
      ResponsePacket response,
      ResponseOctets octets,
      TokenContents token,
      TransportKeys transport)
      throws SecurityFailure {
    int number = response.checksum();
    checkKeyNumber(number);
    Authenticator authenticator = authenticator(octets, transport, number);
    SecurityLevel level = SecurityLevel.of(token.level());
    if (level == null) {
      RxgkFault fault = form == RxgkForm.OPENAFS ? RxgkFault.WRONG_RESPONSE : RxgkFault.LEVEL;
      throw fault.in(form, "a token for level " + token.level());
    }
    int[] callNumbers = authenticator.verified(form, nonce, connection, level);
    if (level.compareTo(minimum) < 0) { // R-64; Linux does not look
      throw RxgkFault.LEVEL.in(form, "level " + level + " where " + minimum + " is the least");
    }
    PeerIdentity peer = token.identity(form, level);
    if (!admission.admits(peer, connection, authenticator.appData().clone())) {
      throw RxgkFault.NOT_PERMITTED.in(form, peer.principal() + " is not admitted");
    }
    long expiration = token.expiration();
    RxgkConnection.Terms terms =
        new RxgkConnection.Terms(
            form, level, random, scratch, () -> checkUnexpired(expiration), peer);
    // Linux makes the key of whatever number is told, and begins at 0 all the same
    KeyNumbers numbers =
        new KeyNumbers(form, wallClock, number == 1 ? 1 : 0, token.lifetime(), token.bytelife());
    return new Verified(
        new RxgkConnection(
            terms,
            transport,
            numbers,
            RxgkConnection.Direction.TO_CLIENT,
            RxgkConnection.Direction.TO_SERVER),
        callNumbers);
  }

  /** OpenAFS begins at 0 and takes what may follow or precede it. */
  private void checkKeyNumber(int number) throws SecurityFailure {
    if (form == RxgkForm.OPENAFS && number > 1) {
      RxgkFault fault = number == 0xffff ? RxgkFault.KEY_WRAP : RxgkFault.KEY_NUMBER;
      throw fault.in(form, "a RESPONSE with key number " + number);
    }
  }

  private Authenticator authenticator(ResponseOctets octets, TransportKeys transport, int number)
      throws SecurityFailure {
    try {
      byte[] plain =
          transport.key(number).decrypt(RxgkClientConnection.AUTHENTICATOR, octets.authenticator());
      return Authenticator.read(form, plain);
    } catch (KrbException e) {
      throw RxgkFault.SEALED.in(form, "an authenticator that does not verify");
    }
  }

  private KerberosKey k0(TokenContents token) throws SecurityFailure {
    if (!KerberosKey.handles(token.enctype())) {
      throw RxgkFault.KEY_TYPE.in(
          form, "keys of " + EnctypeNames.of(token.enctype()) + " are not used here");
    }
    byte[] octets = token.k0();
    try {
      return KerberosKey.of(token.enctype(), octets);
    } catch (KrbException e) {
      throw RxgkFault.KEY_LENGTH.in(form, String.valueOf(e.getMessage()));
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /** A time before 1970 is long over, although Linux takes it for none. */
  private void checkUnexpired(long expiration) throws SecurityFailure {
    if (expiration != 0 && RxgkTime.of(wallClock.instant()) >= expiration) {
      throw RxgkFault.EXPIRED.in(form, "the token has expired");
    }
  }

  @Override
  public String toString() {
    return form + ", at least " + minimum;
  }

  /** Makes an {@link RxgkServer}. */
  public static final class Builder {
    private final RxgkForm form;
    private final RxgkServerKeys keys;
    private final InstantSource wallClock;
    private final RandomGenerator random;
    private SecurityLevel minimum = SecurityLevel.CLEAR;
    private RxgkAdmission admission = (peer, connection, appData) -> true;

    private Builder(
        RxgkForm form, RxgkServerKeys keys, InstantSource wallClock, RandomGenerator random) {
      this.form = form;
      this.keys = keys;
      this.wallClock = wallClock;
      this.random = random;
    }

    /**
     * {@return the least level that is served; clear unless said}
     *
     * @param level the security level
     */
    public Builder minimumLevel(SecurityLevel level) {
      minimum = level;
      return this;
    }

    /**
     * Asked for every verified client; who is not admitted is refused as not authorised.
     *
     * @param admits whether this caller may have calls
     * @return this
     */
    public Builder admission(RxgkAdmission admits) {
      admission = admits;
      return this;
    }

    /** {@return the server's security} */
    public RxgkServer build() {
      return new RxgkServer(this);
    }
  }
}
