// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.rxgk;

import io.rxrpc.AbortCode;
import io.rxrpc.CallAbort;
import io.rxrpc.CallHandler;
import io.rxrpc.RunningService;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.ServerCall;
import io.rxrpc.ServiceOptions;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxgk.RxgkIssuer;
import io.rxrpc.security.rxgk.RxgkServerKeys;
import io.rxrpc.tokens.krb5.GssContext;
import io.rxrpc.tokens.krb5.GssException;
import io.rxrpc.tokens.krb5.Kerberos;
import io.rxrpc.tokens.krb5.KerberosException;
import io.rxrpc.xdr.Octets;
import io.rxrpc.xdr.XdrException;
import io.rxrpc.xdr.XdrReader;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The negotiation service (34567): gives tokens of rxgk to whoever proves by GSS-API who he is. It
 * is called without security and protects itself. Safe for all threads; its settings do not change.
 *
 * <p>A GSS-API that refuses is told in the reply and the call succeeds; so are a type of keys or a
 * level that are not to be had, under the client's eyes only. A request that is none is aborted.
 */
public final class NegotiationService implements CallHandler {
  private static final System.Logger LOG = System.getLogger("io.rxrpc.tokens");

  /** The name that a cell's servers accept by, but for the cell. */
  public static final String AFS_ACCEPTOR = "afs-rxgk/_afs.";

  /** Octets of a request: far more than any ticket has. */
  private static final int MAX_REQUEST = 256 << 10;

  private final Kerberos kerberos;
  private final String keytab;
  private final Source issuers;
  private final Predicate<String> acceptors;
  private final SecurityLevel least;
  private final InstantSource wallClock;
  private final RandomGenerator random;
  private final @Nullable Combining combining;

  /** What was last warned of. */
  private final AtomicReference<String> told = new AtomicReference<>("");

  /** What is needed to combine tokens for file servers. */
  private record Combining(RxgkServerKeys keys, FileServers servers) {}

  /** Where the key comes from that tokens are sealed with. */
  @FunctionalInterface
  public interface Source {
    /**
     * {@return an issuer with the newest key, which the service destroys after use}
     *
     * @throws IOException if there is none
     */
    RxgkIssuer newest() throws IOException;
  }

  private NegotiationService(
      Kerberos kerberos,
      String keytab,
      Source issuers,
      Predicate<String> acceptors,
      SecurityLevel least,
      InstantSource wallClock,
      RandomGenerator random,
      @Nullable Combining combining) {
    this.kerberos = kerberos;
    this.keytab = keytab;
    this.issuers = issuers;
    this.acceptors = acceptors;
    this.least = least;
    this.wallClock = wallClock;
    this.random = random;
    this.combining = combining;
  }

  /**
   * A service of a cell: it accepts as {@code afs-rxgk/_afs.CELL}, whatever the cell and realm.
   *
   * @param kerberos which Kerberos is asked
   * @param keytab with the acceptor's keys, read for each negotiation
   * @param issuers asked for each token
   */
  public NegotiationService(Kerberos kerberos, String keytab, Source issuers) {
    this(
        kerberos,
        keytab,
        issuers,
        name -> name.startsWith(AFS_ACCEPTOR),
        SecurityLevel.CLEAR,
        InstantSource.system(),
        new SecureRandom(),
        null);
  }

  /**
   * {@return the same, accepting as other principals, {@code NAME@REALM}, of the keytab}
   *
   * @param names the names
   */
  public NegotiationService acceptors(Predicate<String> names) {
    return new NegotiationService(
        kerberos, keytab, issuers, names, least, wallClock, random, combining);
  }

  /**
   * {@return the same, giving no tokens for levels below this one}
   *
   * @param level the security level
   */
  public NegotiationService minimumLevel(SecurityLevel level) {
    return new NegotiationService(
        kerberos, keytab, issuers, acceptors, level, wallClock, random, combining);
  }

  /**
   * {@return the same, which also makes tokens for file servers out of those of the cell
   * (AFSCombineTokens), for callers over rxgk at level auth or encrypt}
   *
   * @param keys what the cell's tokens are sealed with
   * @param servers the servers
   */
  public NegotiationService combining(RxgkServerKeys keys, FileServers servers) {
    return new NegotiationService(
        kerberos,
        keytab,
        issuers,
        acceptors,
        least,
        wallClock,
        random,
        new Combining(keys, servers));
  }

  /**
   * Serves it on an endpoint, without security as everybody expects it, and by rxgk for more.
   *
   * @param endpoint makes the calls
   * @return the running service
   * @throws IOException if it cannot be read or written
   */
  public RunningService serveOn(RxrpcEndpoint endpoint) throws IOException {
    Combining more = combining;
    ServiceOptions options =
        more == null
            ? ServiceOptions.UNSECURED
            : ServiceOptions.rxgk(more.keys)
                .minimumLevel(SecurityLevel.CLEAR)
                .or(ServiceOptions.UNSECURED);
    return endpoint.serve(Negotiation.SERVICE_ID, options, this);
  }

  @Override
  public void handle(ServerCall call) throws IOException {
    call.endReply(answer(call.readAll(MAX_REQUEST), call.identity()));
  }

  /** The reply to a request, or a {@link CallAbort}. */
  byte[] answer(byte[] request, @Nullable PeerIdentity caller) throws IOException {
    XdrReader in = XdrReader.of(request);
    try {
      int opcode = in.int32("opcode");
      Combining more = combining;
      if (opcode == TokenCombination.AFS_COMBINE_TOKENS && more != null) {
        CombineRequest asked = CombineRequest.XDR.decode(in);
        in.end("AFSCombineTokens");
        return CombineReply.XDR.encode(
            new CombiningServer(more.keys, more.servers, least, wallClock).answer(asked, caller));
      }
      if (opcode != Negotiation.GSS_NEGOTIATE) {
        throw new CallAbort(AbortCode.OPCODE);
      }
      int from = Math.toIntExact(in.offset());
      NegotiateRequest asked = NegotiateRequest.XDR.decode(in);
      in.end("GSSNegotiate");
      if (asked.state().size() > 0 || asked.params().nonce().size() < Negotiation.MIN_NONCE) {
        throw new CallAbort(RxgkCodes.INCONSISTENCY); // there are no rounds with a state
      }
      // as it came: the checksum is over what the client sent, not over what was understood
      byte[] params = Arrays.copyOfRange(request, from, from + length(asked.params()));
      return NegotiateReply.XDR.encode(negotiate(asked, params));
    } catch (XdrException e) {
      throw new CallAbort(AbortCode.SS_UNMARSHAL, String.valueOf(e.getMessage()), e);
    }
  }

  private static int length(StartParams params) throws XdrException {
    return StartParams.XDR.encode(params).length;
  }

  private NegotiateReply negotiate(NegotiateRequest asked, byte[] params) throws IOException {
    try (GssContext context = kerberos.acceptor(keytab)) {
      byte[] token;
      try {
        token = context.step(asked.token().toArray());
      } catch (GssException e) {
        LOG.log(System.Logger.Level.DEBUG, "a client was refused: {0}", e.detail());
        return new NegotiateReply(Octets.EMPTY, Octets.EMPTY, e.major(), e.minor(), Octets.EMPTY);
      }
      if (!context.established()) {
        throw new CallAbort(RxgkCodes.INCONSISTENCY); // Kerberos needs one round
      }
      ClientInfo info = info(context, asked.params(), params);
      byte[] plain = ClientInfo.XDR.encode(info);
      byte[] sealed = context.wrap(plain);
      return new NegotiateReply(Octets.of(token), Octets.EMPTY, 0, 0, Octets.of(sealed));
    } catch (GssException e) {
      tell("a negotiation failed: " + e.detail());
      throw new CallAbort(RxgkCodes.INCONSISTENCY);
    } catch (KerberosException e) {
      tell("no negotiation is possible: " + e.detail());
      throw new CallAbort(RxgkCodes.INCONSISTENCY);
    }
  }

  private ClientInfo info(GssContext context, StartParams asked, byte[] params)
      throws GssException, IOException {
    if (!acceptors.test(context.acceptorName())) {
      tell(
          context.initiatorName()
              + " came with a ticket for "
              + context.acceptorName()
              + ", which gives no tokens");
      return ClientInfo.refusal(RxgkCodes.NOTAUTH);
    }
    if (!context.protects()) {
      return ClientInfo.refusal(RxgkCodes.BAD_QOP);
    }
    RxgkIssuer issuer = issuers.newest();
    try {
      return new GrantedToken(context, issuer, wallClock, random).info(asked, params, least);
    } finally {
      issuer.destroy();
    }
  }

  /** Warns, but not again and again of the same: everybody may call. */
  private void tell(String what) {
    boolean known = what.equals(told.getAndSet(what));
    LOG.log(known ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING, "{0}", what);
  }

  @Override
  public String toString() {
    return "negotiation of rxgk tokens with " + keytab;
  }
}
