// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.klog;

import io.rxrpc.key.ClientTokens;
import io.rxrpc.key.RxgkToken;
import io.rxrpc.tokens.krb5.EncryptionType;
import io.rxrpc.tokens.krb5.GssContext;
import io.rxrpc.tokens.krb5.KerberosException;
import io.rxrpc.tokens.krb5.KerberosLogin;
import io.rxrpc.tokens.krb5.ServiceTicket;
import io.rxrpc.tokens.rxgk.Negotiation;
import io.rxrpc.tokens.rxgk.RxgkWishes;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gets a token of rxgk: a Kerberos ticket for a server's negotiation service, and what that gives
 * for it. Which KDC: krb5.conf says. Blocks the calling thread.
 */
public final class RxgkKlog {
  private RxgkKlog() {}

  /**
   * Gets a token of rxgk, of OpenAFS's form.
   *
   * @param request the request
   * @param acceptor the principal that the server's negotiation accepts as, {@code
   *     NAME/HOST[@REALM]}; null = {@code afs-rxgk/_afs.CELL}, in the realms where {@code aklog}
   *     looks for a cell
   * @param wishes what is asked for
   * @param exchange calls the server's service {@link Negotiation#SERVICE_ID}
   * @param progress is told what is done, from another thread
   * @return the result
   * @throws KlogException in one line: wrong password, unknown principal, no KDC, ...
   * @throws IOException what the exchange throws, and why the negotiation fails
   */
  public static Klog.Result obtain(
      Klog.Request request,
      @Nullable String acceptor,
      RxgkWishes wishes,
      Negotiation.Exchange exchange,
      Consumer<String> progress)
      throws IOException {
    return TimeLimit.run(
        request.limit(),
        Klog.late(request),
        () -> ask(request, acceptor, wishes, exchange, progress));
  }

  private static Klog.Result ask(
      Klog.Request request,
      @Nullable String acceptor,
      RxgkWishes wishes,
      Negotiation.Exchange exchange,
      Consumer<String> progress)
      throws IOException {
    progress.accept("using " + request.kerberos().description());
    try (KerberosLogin login = Klog.login(request)) {
      progress.accept("you are " + login.client());
      String service = service(request, acceptor, login, progress);
      progress.accept("negotiating a token as " + login.client() + " with " + service);
      try (GssContext context = login.initiate(service)) {
        RxgkToken token =
            new Negotiation(context, wishes, InstantSource.system(), new SecureRandom())
                .run(exchange);
        return new Klog.Result(
            login.client(),
            service,
            EncryptionType.name(token.enctype()),
            new ClientTokens(request.cell(), List.of(token)));
      }
    } catch (KerberosException e) {
      throw KerberosErrors.login(e, Klog.name(request), request.credential());
    }
  }

  /**
   * Asks the KDC for the ticket, and says for whom it is: another realm than asked for, perhaps.
   */
  private static String service(
      Klog.Request request,
      @Nullable String acceptor,
      KerberosLogin login,
      Consumer<String> progress)
      throws KlogException {
    String tried = acceptor;
    CellTickets tickets =
        CellTickets.rxgk(login, request.cell(), Klog.hosts(request.cell()), progress);
    try {
      ServiceTicket ticket;
      if (acceptor == null) {
        ticket = tickets.find(request.realm());
      } else {
        String realm = request.realm() == null ? login.realm() : request.realm();
        tried = acceptor.contains("@") ? acceptor : acceptor + "@" + realm;
        progress.accept("asking for a ticket for " + tried);
        ticket = login.ticket(tried);
      }
      ticket.destroy();
      return ticket.service();
    } catch (KerberosException e) {
      throw KerberosErrors.service(
          e,
          login.client(),
          tried == null ? tickets.tried() : tried,
          request.cell(),
          request.credential());
    }
  }
}
