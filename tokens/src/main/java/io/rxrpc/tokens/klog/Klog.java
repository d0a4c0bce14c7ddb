// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.klog;

import io.rxrpc.key.ClientTokens;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.rxkad.SessionKeys;
import io.rxrpc.security.rxkad.TicketIssuer;
import io.rxrpc.tokens.krb5.EncryptionType;
import io.rxrpc.tokens.krb5.Kerberos;
import io.rxrpc.tokens.krb5.KerberosException;
import io.rxrpc.tokens.krb5.KerberosLogin;
import io.rxrpc.tokens.krb5.ServiceTicket;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gets a token for a cell from a Kerberos 5 KDC: a ticket for the cell, found as {@code aklog}
 * finds it, and the session key that rxkad derives from the ticket's (rxkad.md 8).
 *
 * <p>Which KDC: krb5.conf says. Blocks the calling thread.
 */
public final class Klog {
  /** The kvno field of a token whose ticket is a whole one of Kerberos 5. */
  private static final int KERBEROS_5 = 256;

  private static final long MAX_END = 0xffff_fffeL;

  private Klog() {}

  /**
   * What is asked for.
   *
   * @param principal {@code NAME[@REALM]}; may be null with a {@link Credential.Cache}, which knows
   * @param cell 1 to 64 characters
   * @param realm the realm of the cell's servers, or null: the user's, or what is found out
   * @param credential proves who is asking
   * @param limit gives up after this
   * @param kerberos which one to use
   */
  public record Request(
      @Nullable String principal,
      String cell,
      @Nullable String realm,
      Credential credential,
      Duration limit,
      Kerberos kerberos) {
    /** Checks the cell's name. */
    public Request {
      if (!cell.matches("[\\x21-\\x7e&&[^@/]]{1,64}")) {
        throw new IllegalArgumentException("not the name of a cell: " + cell);
      }
    }

    /**
     * With {@link Kerberos#automatic}.
     *
     * @param principal the principal, such as user@EXAMPLE.ORG
     * @param cell the cell, such as example.org
     * @param realm the realm, or null for that of the cell
     * @param credential what proves who asks
     * @param limit how long to wait
     */
    public Request(
        @Nullable String principal,
        String cell,
        @Nullable String realm,
        Credential credential,
        Duration limit) {
      this(principal, cell, realm, credential, limit, Kerberos.automatic());
    }
  }

  /**
   * A token and who it is for.
   *
   * @param principal the client, {@code NAME@REALM}
   * @param service the service that the ticket is for
   * @param sessionKey the encryption type of the ticket's session key
   * @param tokens the token, which the caller destroys
   */
  public record Result(String principal, String service, String sessionKey, ClientTokens tokens) {}

  /**
   * Gets a token.
   *
   * @param request the request
   * @return the result
   * @throws KlogException in one line: wrong password, unknown principal, no KDC, ...
   */
  public static Result obtain(Request request) throws KlogException {
    return obtain(request, step -> {});
  }

  /**
   * Gets a token.
   *
   * @param request the request
   * @param progress is told what is done, from another thread
   * @return the result
   * @throws KlogException in one line: wrong password, unknown principal, no KDC, ...
   */
  public static Result obtain(Request request, Consumer<String> progress) throws KlogException {
    try {
      return TimeLimit.run(request.limit, late(request), () -> ask(request, progress));
    } catch (KlogException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException(e); // nothing else is thrown
    }
  }

  /** What is said when no KDC answers in time. */
  static String late(Request request) {
    return "no KDC for "
        + name(request)
        + " answered within "
        + request.limit.toSeconds()
        + " s; does krb5.conf (KRB5_CONFIG) name the right one?";
  }

  /**
   * Whose the credential cache is that {@link Credential.Cache#usual} means.
   *
   * @param kerberos which Kerberos is asked
   * @return NAME@REALM, or null if there is no such cache
   * @throws KlogException if there is one that cannot be read
   */
  public static @Nullable String cacheOwner(Kerberos kerberos) throws KlogException {
    try {
      return kerberos.cacheOwner();
    } catch (KerberosException e) {
      throw KerberosErrors.login(e, "the credential cache's owner", Credential.Cache.usual());
    }
  }

  /**
   * {@return the system's Kerberos}
   *
   * @throws KlogException if this machine has none
   */
  public static Kerberos system() throws KlogException {
    try {
      return Kerberos.system();
    } catch (KerberosException e) {
      throw KlogException.local(e.detail(), e);
    }
  }

  static String name(Request request) {
    String principal = request.principal;
    return principal == null ? "the credential cache's owner" : principal;
  }

  private static Result ask(Request request, Consumer<String> progress) throws KlogException {
    progress.accept("using " + request.kerberos.description());
    try (KerberosLogin login = login(request)) {
      progress.accept("you are " + login.client());
      return ask(request, login, progress);
    } catch (KerberosException e) {
      throw KerberosErrors.login(e, name(request), request.credential);
    }
  }

  static KerberosLogin login(Request request) throws KerberosException {
    String principal = principal(request);
    return switch (request.credential) {
      case Credential.Cache c -> request.kerberos.byCache(principal, c.name());
      case Credential.Keytab k -> request.kerberos.byKeytab(required(principal), k.name());
      case Credential.Password p -> request.kerberos.byPassword(required(principal), p.secret());
    };
  }

  private static String required(@Nullable String principal) {
    if (principal == null) {
      throw new IllegalArgumentException("a password or a key needs a principal");
    }
    return principal;
  }

  /** A name without realm is of the cell's, if that is given: Kerberos would take its default. */
  private static @Nullable String principal(Request request) {
    String principal = request.principal;
    String realm = request.realm;
    return principal == null || principal.contains("@") || realm == null
        ? principal
        : principal + "@" + realm;
  }

  private static Result ask(Request request, KerberosLogin login, Consumer<String> progress)
      throws KlogException {
    CellTickets tickets = CellTickets.rxkad(login, request.cell, hosts(request.cell), progress);
    try {
      ServiceTicket ticket = tickets.find(request.realm);
      try {
        progress.accept("got a ticket for " + ticket.service());
        return new Result(
            login.client(),
            ticket.service(),
            EncryptionType.name(ticket.keyType()),
            new ClientTokens(request.cell, List.of(token(ticket))));
      } finally {
        ticket.destroy();
      }
    } catch (KerberosException e) {
      throw KerberosErrors.service(
          e, login.client(), tickets.tried(), request.cell, request.credential);
    }
  }

  static List<String> hosts(String cell) throws KlogException {
    try {
      return CellServers.ofThisMachine().hosts(cell);
    } catch (IOException e) {
      throw KlogException.local("cannot read the CellServDB: " + e.getMessage(), e);
    }
  }

  private static RxkadToken token(ServiceTicket ticket) throws KlogException {
    byte[] derived = new byte[0];
    try {
      derived = SessionKeys.derive(ticket.keyType(), ticket.key());
      Duration life = Duration.ofSeconds(ticket.end() - ticket.start());
      if (life.compareTo(TicketIssuer.MAX_KERBEROS) > 0) {
        throw new KlogException(
            "the KDC gave a ticket for "
                + life.toDays()
                + " days, and AFS servers take 30 at most; set ticket_lifetime = 1d in krb5.conf");
      }
      byte[] encoded = ticket.encoded();
      if (encoded.length > RxkadToken.MAX_TICKET) {
        throw new KlogException(
            "the ticket for "
                + ticket.service()
                + " has "
                + encoded.length
                + " bytes, and rxkad takes "
                + RxkadToken.MAX_TICKET);
      }
      return new RxkadToken(
          0, KERBEROS_5, derived, ticket.start(), Math.min(ticket.end(), MAX_END), false, encoded);
    } catch (SecurityFailure e) {
      throw new KlogException(
          "the KDC gave a session key for "
              + ticket.service()
              + " that rxkad cannot use ("
              + EncryptionType.name(ticket.keyType())
              + ")",
          e);
    } finally {
      Arrays.fill(derived, (byte) 0);
    }
  }
}
