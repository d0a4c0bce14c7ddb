package io.rxrpc.tokens.klog;

import io.rxrpc.key.ClientTokens;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.rxkad.SessionKeys;
import io.rxrpc.security.rxkad.TicketIssuer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.SecretKey;
import javax.security.auth.DestroyFailedException;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.kerberos.KerberosTicket;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.Oid;
import org.jspecify.annotations.Nullable;

/**
 * Gets a token for a cell from a Kerberos 5 KDC, with the JDK's Kerberos: a ticket for {@code
 * afs/CELL@REALM}, or where there is no such service for {@code afs@REALM}, and the session key
 * that rxkad derives from the ticket's (rxkad.md 8).
 *
 * <p>Which KDC: krb5.conf says; see {@link KerberosEnvironment}. Blocks the calling thread.
 * Kerberos has one configuration for the whole JVM, and reads it again each time.
 */
public final class Klog {
  /** The kvno field of a token whose ticket is a whole one of Kerberos 5. */
  private static final int KERBEROS_5 = 256;

  private static final String KERBEROS_MECHANISM = "1.2.840.113554.1.2.2";
  private static final String KERBEROS_NAME = "1.2.840.113554.1.2.2.1";

  private Klog() {}

  /**
   * What is asked for.
   *
   * @param principal {@code NAME[@REALM]}; may be null with a {@link Credential.Cache}, which knows
   * @param cell 1 to 64 characters
   * @param realm the realm of the cell's servers, or null: that of the principal
   * @param credential proves who is asking
   * @param limit gives up after this
   */
  public record Request(
      @Nullable String principal,
      String cell,
      @Nullable String realm,
      Credential credential,
      Duration limit) {
    /** Checks the cell's name. */
    public Request {
      if (!cell.matches("[\\x21-\\x7e&&[^@/]]{1,64}")) {
        throw new IllegalArgumentException("not the name of a cell: " + cell);
      }
    }
  }

  /**
   * A token and who it is for.
   *
   * @param principal the client, {@code NAME@REALM}
   * @param service the service that the ticket is for
   * @param tokens the token, which the caller destroys
   */
  public record Result(String principal, String service, ClientTokens tokens) {}

  /**
   * Gets a token.
   *
   * @throws KlogException in one line: wrong password, unknown principal, no KDC, ...
   */
  public static Result obtain(Request request) throws KlogException {
    checkFile(request.credential);
    // Kerberos waits as long as krb5.conf says, minutes for a KDC that is silent
    CompletableFuture<Result> result = new CompletableFuture<>();
    Thread worker =
        Thread.ofPlatform()
            .daemon()
            .name("rxrpc-klog")
            .unstarted(
                () -> {
                  try {
                    result.complete(ask(request));
                  } catch (KlogException | RuntimeException | Error e) {
                    result.completeExceptionally(e);
                  }
                });
    worker.start();
    try {
      return result.get(request.limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw KlogException.network(
          "no KDC for "
              + name(request)
              + " answered within "
              + request.limit.toSeconds()
              + " s; does krb5.conf (KRB5_CONFIG) name the right one?",
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KlogException k) {
        throw k;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KlogException("interrupted");
    }
  }

  private static void checkFile(Credential credential) throws KlogException {
    Path file =
        switch (credential) {
          case Credential.Password p -> null;
          case Credential.Keytab k -> k.file();
          case Credential.Cache c -> c.file();
        };
    if (file != null && !Files.isReadable(file)) {
      throw new KlogException(
          credential instanceof Credential.Cache
              ? "no credential cache " + file + "; get a ticket first: kinit"
              : "cannot read the keytab " + file);
    }
  }

  private static String name(Request request) {
    String principal = request.principal;
    return principal == null ? "the credential cache's owner" : principal;
  }

  private static Result ask(Request request) throws KlogException {
    KerberosLogin login = new KerberosLogin(request);
    try {
      Subject subject = login.login();
      KerberosPrincipal client =
          subject.getPrincipals(KerberosPrincipal.class).stream()
              .findFirst()
              .orElseThrow(() -> new KlogException("Kerberos does not say who you are"));
      String realm = request.realm == null ? client.getRealm() : request.realm;
      return ask(subject, client.getName(), request.cell, realm);
    } catch (LoginException e) {
      throw KerberosErrors.login(e, name(request), request.credential);
    } finally {
      login.logout();
    }
  }

  private static Result ask(Subject subject, String client, String cell, String realm)
      throws KlogException {
    List<String> services = List.of("afs/" + cell + "@" + realm, "afs@" + realm);
    String tried = String.join(" or ", services);
    GSSException why = null;
    for (String service : services) {
      try {
        contact(subject, service);
        return new Result(client, service, tokens(subject, service, cell));
      } catch (GSSException e) {
        why = e;
        if (KerberosErrors.number(e) != KerberosErrors.SERVICE_UNKNOWN) {
          break;
        }
      }
    }
    throw KerberosErrors.service(
        why == null ? new IllegalStateException("no service") : why, client, tried, cell);
  }

  /** Has a ticket for the service put among the subject's credentials. */
  private static void contact(Subject subject, String service) throws GSSException {
    GSSException failure =
        Subject.callAs(
            subject,
            () -> {
              GSSContext context = null;
              try {
                GSSManager manager = GSSManager.getInstance();
                GSSName name = manager.createName(service, new Oid(KERBEROS_NAME));
                context =
                    manager.createContext(
                        name, new Oid(KERBEROS_MECHANISM), null, GSSContext.DEFAULT_LIFETIME);
                context.requestMutualAuth(false);
                context.initSecContext(new byte[0], 0, 0); // what it makes is not sent to anybody
                return null;
              } catch (GSSException e) {
                return e;
              } finally {
                if (context != null) {
                  context.dispose();
                }
              }
            });
    if (failure != null) {
      throw failure;
    }
  }

  private static ClientTokens tokens(Subject subject, String service, String cell)
      throws KlogException {
    for (KerberosTicket ticket : subject.getPrivateCredentials(KerberosTicket.class)) {
      if (ticket.getServer().getName().equals(service)) {
        return new ClientTokens(cell, List.of(token(ticket, service)));
      }
    }
    throw new KlogException("the KDC gave a ticket for another service than " + service);
  }

  private static RxkadToken token(KerberosTicket ticket, String service) throws KlogException {
    SecretKey key = ticket.getSessionKey();
    byte[] secret = key.getEncoded();
    byte[] derived = new byte[0];
    try {
      derived = SessionKeys.derive(ticket.getSessionKeyType(), secret);
      Date start = ticket.getStartTime() == null ? ticket.getAuthTime() : ticket.getStartTime();
      Duration life = Duration.between(start.toInstant(), ticket.getEndTime().toInstant());
      if (life.compareTo(TicketIssuer.MAX_KERBEROS) > 0) {
        throw new KlogException(
            "the KDC gave a ticket for "
                + life.toDays()
                + " days, and AFS servers take 30 at most; set ticket_lifetime = 1d in krb5.conf");
      }
      byte[] encoded = ticket.getEncoded();
      if (encoded.length > RxkadToken.MAX_TICKET) {
        throw new KlogException(
            "the ticket for "
                + service
                + " has "
                + encoded.length
                + " bytes, and rxkad takes "
                + RxkadToken.MAX_TICKET);
      }
      return new RxkadToken(
          0,
          KERBEROS_5,
          derived,
          start.toInstant().getEpochSecond(),
          Math.min(ticket.getEndTime().toInstant().getEpochSecond(), 0xffff_fffeL),
          false,
          encoded);
    } catch (SecurityFailure e) {
      throw new KlogException(
          "the KDC gave a session key for "
              + service
              + " that rxkad cannot use (encryption type "
              + ticket.getSessionKeyType()
              + ")",
          e);
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(derived, (byte) 0);
    }
  }

  /** Returns whether it could be cleared; what could not ends with the JVM. */
  private static boolean destroy(KerberosTicket ticket) {
    try {
      ticket.destroy();
      return true;
    } catch (DestroyFailedException e) {
      return false;
    }
  }

  /** Clears what a subject holds. */
  static void destroy(Subject subject) {
    subject.getPrivateCredentials(KerberosTicket.class).forEach(Klog::destroy);
  }
}
