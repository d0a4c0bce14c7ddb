// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.klog;

import io.rxrpc.tokens.krb5.KerberosException;
import io.rxrpc.tokens.krb5.KerberosFault;
import io.rxrpc.tokens.krb5.KerberosLogin;
import io.rxrpc.tokens.krb5.ServiceTicket;
import io.rxrpc.tokens.rxgk.NegotiationService;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which tickets may serve a cell, in the order in which {@code aklog} asks for them: {@code
 * afs/CELL} in the realm that was given, or else in the user's, in that of the cell's first
 * database server, in the one that a KDC finds, and in the one that the server's name suggests; and
 * {@code afs} alone only in a realm that has the cell's name. A realm's {@code afs} would otherwise
 * be stored for whatever cell somebody mistypes.
 */
final class CellTickets {
  /** RFC 4120's KRB_ERR_GENERIC, which some KDCs give for what they do not know. */
  private static final int GENERIC = 60;

  private static final String RXKAD = "afs/";

  private final KerberosLogin login;
  private final String service;
  private final String cell;
  private final List<String> hosts;
  private final Consumer<String> progress;

  /** What was asked for; names of services. */
  private final Set<String> tried = new LinkedHashSet<>();

  private @Nullable KerberosException first;

  private CellTickets(
      KerberosLogin login,
      String service,
      String cell,
      List<String> hosts,
      Consumer<String> progress) {
    this.login = login;
    this.service = service;
    this.cell = cell;
    this.hosts = hosts;
    this.progress = progress;
  }

  /**
   * Tickets for rxkad.
   *
   * @param hosts the cell's database servers, none if they are not known
   * @param progress is told what is asked for
   */
  static CellTickets rxkad(
      KerberosLogin login, String cell, List<String> hosts, Consumer<String> progress) {
    return new CellTickets(login, RXKAD, cell, hosts, progress);
  }

  /**
   * Tickets for the negotiation of rxgk, {@code afs-rxgk/_afs.CELL}, in the same realms.
   *
   * @param hosts the cell's database servers, none if they are not known
   * @param progress is told what is asked for
   */
  static CellTickets rxgk(
      KerberosLogin login, String cell, List<String> hosts, Consumer<String> progress) {
    return new CellTickets(login, NegotiationService.AFS_ACCEPTOR, cell, hosts, progress);
  }

  /**
   * The first that a KDC gives.
   *
   * @param realm the cell's, or null: find it
   */
  ServiceTicket find(@Nullable String realm) throws KerberosException {
    if (realm != null) {
      ServiceTicket ticket = ask(realm);
      return ticket == null ? orThrow(alone(realm)) : ticket;
    }
    ServiceTicket ticket = ask(login.realm());
    if (ticket != null) {
      return ticket;
    }
    String found = login.realmOf(hosts.isEmpty() ? cell : hosts.getFirst());
    ticket = ask(found);
    if (ticket == null && found.isEmpty()) {
      found = suggested();
      ticket = ask(found);
    }
    return ticket == null ? orThrow(alone(found)) : ticket;
  }

  /** The domain of the first server in capitals, or the cell's name. */
  private String suggested() {
    String host = hosts.isEmpty() ? "" : hosts.getFirst();
    int dot = host.indexOf('.');
    return (dot < 0 ? cell : host.substring(dot + 1)).toUpperCase(Locale.ROOT);
  }

  private @Nullable ServiceTicket ask(String realm) throws KerberosException {
    return get(service + cell.replace("\\", "\\\\") + "@" + realm);
  }

  private @Nullable ServiceTicket alone(String realm) throws KerberosException {
    return service.equals(RXKAD) && realm.equalsIgnoreCase(cell) ? get("afs@" + realm) : null;
  }

  /** Null if the KDC does not know it, or has been asked before. */
  private @Nullable ServiceTicket get(String service) throws KerberosException {
    if (!tried.add(service)) {
      return null;
    }
    progress.accept("asking for a ticket for " + service);
    try {
      return login.ticket(service);
    } catch (KerberosException e) {
      boolean unknown = e.fault() == KerberosFault.SERVICE_UNKNOWN || e.code() == GENERIC;
      // a realm that was only guessed need not exist
      if (!unknown && (first == null || e.fault() != KerberosFault.KDC_UNKNOWN)) {
        throw e;
      }
      if (first == null) {
        first = e;
      }
      return null;
    }
  }

  private ServiceTicket orThrow(@Nullable ServiceTicket ticket) throws KerberosException {
    KerberosException why = first;
    if (ticket == null && why != null) {
      throw why;
    }
    if (ticket == null) {
      throw new IllegalStateException("nothing was asked for");
    }
    return ticket;
  }

  /** What was asked for, for people. */
  String tried() {
    return tried.stream().filter(s -> !s.endsWith("@")).collect(Collectors.joining(" or "));
  }
}
