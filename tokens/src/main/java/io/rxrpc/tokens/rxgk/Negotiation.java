// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.rxgk;

import io.rxrpc.AbortCode;
import io.rxrpc.key.RxgkTime;
import io.rxrpc.key.RxgkToken;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.krb.EnctypeNames;
import io.rxrpc.security.krb.KerberosKey;
import io.rxrpc.security.krb.KrbException;
import io.rxrpc.tokens.krb5.GssContext;
import io.rxrpc.tokens.krb5.GssException;
import io.rxrpc.xdr.Ints;
import io.rxrpc.xdr.Octets;
import io.rxrpc.xdr.XdrException;
import io.rxrpc.xdr.XdrReader;
import io.rxrpc.xdr.XdrWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The client of the negotiation service: a token out of a credential of GSS-API (GSSNegotiate).
 * Nobody on the way can weaken what is agreed: all of it is under the protection of GSS-API, what
 * was asked for included. It never falls back to anything else.
 */
public final class Negotiation {
  /** The service, on every port that has it; in AFS that of the VLDB. */
  public static final int SERVICE_ID = 34567;

  /** Opcodes. */
  static final int GSS_NEGOTIATE = 1;

  /** Of GSS-API: complete, and more is needed. */
  static final int COMPLETE = 0;

  static final int CONTINUE_NEEDED = 1;

  /** Kerberos needs one. */
  private static final int MAX_ROUNDS = 8;

  /** Octets of a nonce at least. */
  static final int MIN_NONCE = 20;

  private final GssContext context;
  private final RxgkWishes wishes;
  private final InstantSource wallClock;
  private final RandomGenerator random;

  /** One call of the service: takes a request and gives the reply, or throws what calls throw. */
  @FunctionalInterface
  public interface Exchange {
    /**
     * Makes a call; all calls of one negotiation go to the same server.
     *
     * @param request the request
     * @return the data
     * @throws IOException if it cannot be read or written
     */
    byte[] call(byte[] request) throws IOException;
  }

  /**
   * A negotiation, for one thread.
   *
   * @param context an initiator's, with which nothing has been done yet; the caller closes it
   * @param wishes what is asked for
   * @param wallClock the time of day, from which the token is said to begin
   * @param random for the nonce: a cryptographic one
   */
  public Negotiation(
      GssContext context, RxgkWishes wishes, InstantSource wallClock, RandomGenerator random) {
    this.context = context;
    this.wishes = wishes;
    this.wallClock = wallClock;
    this.random = random;
  }

  /**
   * Negotiates a token of the draft form, which the caller destroys.
   *
   * @param exchange carries each step to the server and back
   * @return the rxgk token
   * @throws NegotiationException if there is none, or the answer is not to be believed
   * @throws IOException if the call fails
   */
  public RxgkToken run(Exchange exchange) throws IOException {
    Instant begin = wallClock.instant();
    StartParams params = params();
    try {
      NegotiateReply reply = rounds(exchange, params);
      byte[] plain = context.unwrap(reply.info().toArray());
      try {
        return token(params, decoded(plain), begin);
      } finally {
        Arrays.fill(plain, (byte) 0);
      }
    } catch (GssException e) {
      throw new NegotiationException("GSS-API refuses the server's answer: " + e.detail(), 0, e);
    }
  }

  private StartParams params() throws NegotiationException {
    int longest = MIN_NONCE;
    for (int enctype : wishes.enctypes()) {
      longest = Math.max(longest, keyLength(enctype));
    }
    byte[] nonce = new byte[longest];
    random.nextBytes(nonce);
    return new StartParams(
        Ints.of(wishes.enctypes().stream().mapToInt(Integer::intValue).toArray()),
        Ints.of(wishes.levels().stream().mapToInt(SecurityLevel::number).toArray()),
        (int) wishes.keyLifetime().toSeconds(),
        wishes.keyBytes(),
        Octets.of(nonce));
  }

  private static int keyLength(int enctype) throws NegotiationException {
    try {
      return KerberosKey.keyLength(enctype);
    } catch (KrbException e) {
      throw new NegotiationException(String.valueOf(e.getMessage()), RxgkCodes.BADETYPE, e);
    }
  }

  /** Asks until GSS-API has what it needs, and returns the last reply. */
  private NegotiateReply rounds(Exchange exchange, StartParams params)
      throws IOException, GssException {
    byte[] mine = context.step(new byte[0]);
    Octets state = Octets.EMPTY;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      NegotiateReply reply = ask(exchange, params, mine, state);
      if (reply.major() != COMPLETE && reply.major() != CONTINUE_NEEDED) {
        throw new NegotiationException(refusal(reply));
      }
      mine = new byte[0];
      if (reply.token().size() > 0) {
        mine = context.step(reply.token().toArray());
      }
      if (reply.major() == COMPLETE) {
        if (!context.established() || mine.length > 0) {
          throw new NegotiationException(
              "the server ends the negotiation before GSS-API knows it for sure");
        }
        return reply;
      }
      state = reply.state();
    }
    throw new NegotiationException("the server asks for more than " + MAX_ROUNDS + " rounds");
  }

  private static String refusal(NegotiateReply reply) {
    return "the server's GSS-API refuses the ticket (major "
        + Integer.toHexString(reply.major())
        + ", minor "
        + reply.minor()
        + "); compare the clocks, and the server's keytab with the KDC's kvno";
  }

  private static NegotiateReply ask(
      Exchange exchange, StartParams params, byte[] token, Octets state) throws IOException {
    XdrWriter out = new XdrWriter();
    out.int32(GSS_NEGOTIATE);
    NegotiateRequest.XDR.encode(new NegotiateRequest(params, Octets.of(token), state), out);
    XdrReader in = XdrReader.of(exchange.call(out.toByteArray()));
    try {
      NegotiateReply reply = NegotiateReply.XDR.decode(in);
      in.end("GSSNegotiate");
      return reply;
    } catch (XdrException e) {
      throw new NegotiationException("the server's answer is none: " + e.getMessage(), 0, e);
    }
  }

  private static ClientInfo decoded(byte[] plain) throws NegotiationException {
    try {
      return ClientInfo.XDR.decode(plain);
    } catch (XdrException e) {
      throw new NegotiationException("the server's answer is none: " + e.getMessage(), 0, e);
    }
  }

  private RxgkToken token(StartParams params, ClientInfo info, Instant begin)
      throws NegotiationException, GssException {
    if (info.errorcode() != 0) {
      throw new NegotiationException(reason(info.errorcode()), info.errorcode(), null);
    }
    if (!context.protects()) {
      throw new NegotiationException(
          "GSS-API does not protect the answer as asked for", RxgkCodes.BAD_QOP, null);
    }
    context.verify(octets(params), info.mic().toArray());
    checkOffered(info);
    int length = keyLength(info.enctype());
    byte[] seed = seed(params.nonce(), info.serverNonce());
    byte[] k0 = context.pseudoRandom(seed, length);
    try {
      return new RxgkToken(
          RxgkToken.OPENAFS,
          info.enctype(),
          k0,
          info.level(),
          RxgkTime.of(begin),
          Integer.toUnsignedLong(info.lifetime()),
          Integer.toUnsignedLong(info.bytelife()),
          info.expiration(),
          info.token().toArray());
    } finally {
      Arrays.fill(k0, (byte) 0);
    }
  }

  private static byte[] octets(StartParams params) {
    try {
      return StartParams.XDR.encode(params);
    } catch (XdrException e) {
      throw new IllegalStateException(e); // they were sent like this
    }
  }

  private void checkOffered(ClientInfo info) throws NegotiationException {
    if (!wishes.enctypes().contains(info.enctype())) {
      throw new NegotiationException(
          "the server chose "
              + EnctypeNames.of(info.enctype())
              + ", which was not offered: no token is made of that");
    }
    SecurityLevel level = SecurityLevel.of(info.level());
    if (level == null || !wishes.levels().contains(level)) {
      throw new NegotiationException(
          "the server chose the level "
              + (level == null ? String.valueOf(info.level()) : level.label())
              + ", which was not offered: no token is made of that");
    }
    if (info.expiration() < 0 || info.token().size() == 0 || info.serverNonce().size() == 0) {
      throw new NegotiationException("the server's answer has a part that cannot be");
    }
  }

  private String reason(int code) {
    return switch (code) {
      case RxgkCodes.BADETYPE ->
          "the server uses none of the encryption types offered: "
              + wishes.enctypes().stream().map(EnctypeNames::of).toList()
              + "; offer others by --enctype";
      case RxgkCodes.BADLEVEL ->
          "the server gives no tokens for the level "
              + names(wishes.levels())
              + "; ask for another by --level";
      case RxgkCodes.EXPIRED ->
          "the ticket ends now: get a new one (kinit), and compare the clocks";
      default -> "the server gives no token: " + new AbortCode(code);
    };
  }

  private static String names(List<SecurityLevel> levels) {
    return String.join(" or ", levels.stream().map(SecurityLevel::label).toList());
  }

  /** What the token's key is made of. */
  static byte[] seed(Octets clientNonce, Octets serverNonce) {
    return ByteBuffer.allocate(clientNonce.size() + serverNonce.size())
        .put(clientNonce.asBuffer())
        .put(serverNonce.asBuffer())
        .array();
  }
}
