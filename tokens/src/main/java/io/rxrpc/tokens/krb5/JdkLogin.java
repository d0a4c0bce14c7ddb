// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import java.util.Date;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.security.auth.DestroyFailedException;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.kerberos.KerberosTicket;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.Oid;
import org.jspecify.annotations.Nullable;

/**
 * A login by the JDK's Krb5LoginModule, which is told all in code: nobody writes a file for it.
 * Where UDP has no answer, all is asked again by TCP.
 */
final class JdkLogin implements KerberosLogin {
  private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";
  private static final String KERBEROS_MECHANISM = "1.2.840.113554.1.2.2";
  private static final String KERBEROS_NAME = "1.2.840.113554.1.2.2.1";
  private static final String TICKET_GRANTING = "krbtgt/";

  private final JdkConfiguration configuration;
  private final Map<String, String> options;
  private final char[] password;
  private final Runnable end;
  private Subject subject = new Subject();
  private boolean tcp;

  /**
   * @param options of the login module
   * @param password may be empty; the caller's
   * @param end what to do at the end of this login
   */
  JdkLogin(
      JdkConfiguration configuration, Map<String, String> options, char[] password, Runnable end) {
    this.configuration = configuration;
    this.options = options;
    this.password = password;
    this.end = end;
    this.tcp = configuration.prefersTcp();
  }

  void login() throws KerberosException {
    try {
      configuration.write();
      new LoginContext("rxrpc", subject, new Answer(), new OneModule(options)).login();
    } catch (LoginException e) {
      KerberosException failure = JdkErrors.of(e);
      if (!byTcp(failure)) {
        throw failure;
      }
    }
  }

  /** Logs in by TCP if that is worth a try. */
  private boolean byTcp(KerberosException failure) throws KerberosException {
    if (failure.fault() != KerberosFault.KDC_SILENT || tcp) {
      return false;
    }
    tcp = true;
    configuration.useTcp();
    clear();
    subject = new Subject();
    login();
    return true;
  }

  @Override
  public String client() {
    return subject.getPrincipals(KerberosPrincipal.class).stream()
        .findFirst()
        .map(KerberosPrincipal::getName)
        .orElse("");
  }

  @Override
  public ServiceTicket ticket(String service) throws KerberosException {
    if (Principals.realm(service).isEmpty()) {
      // the JDK asks for nothing without a realm, and follows a KDC's referral with one
      throw new KerberosException(KerberosFault.SERVICE_UNKNOWN, "no realm: " + service);
    }
    Set<KerberosTicket> before = new HashSet<>(tickets());
    try {
      contact(service);
    } catch (GSSException e) {
      KerberosException failure = JdkErrors.of(e);
      if (byTcp(failure)) {
        return ticket(service);
      }
      throw failure;
    }
    for (KerberosTicket ticket : tickets()) {
      // its realm may be another: the KDC of the user's may have referred to it
      String name = ticket.getServer().getName();
      if (!before.contains(ticket)
          && !name.startsWith(TICKET_GRANTING)
          && Principals.name(name).equals(Principals.name(service))) {
        return taken(ticket);
      }
    }
    throw new KerberosException(
        KerberosFault.OTHER, "the KDC gave a ticket for another service than " + service);
  }

  @Override
  public GssContext initiate(String service) throws KerberosException {
    String name = known(service);
    if (name == null) {
      ServiceTicket ticket = ticket(service); // it stays among the subject's credentials
      ticket.destroy();
      name = ticket.service();
    }
    try {
      return JdkGssContext.initiator(subject, name);
    } catch (GssException e) {
      throw new KerberosException(KerberosFault.OTHER, e.minor(), e.detail(), e);
    }
  }

  /** The service if there is a ticket for exactly this one, else null. */
  private @Nullable String known(String service) {
    return tickets().stream()
        .map(t -> t.getServer().getName())
        .filter(service::equals)
        .findFirst()
        .orElse(null);
  }

  private Set<KerberosTicket> tickets() {
    return subject.getPrivateCredentials(KerberosTicket.class);
  }

  /** Has a ticket for the service put among the subject's credentials. */
  private void contact(String service) throws GSSException {
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

  private static ServiceTicket taken(KerberosTicket ticket) {
    Date start = ticket.getStartTime() == null ? ticket.getAuthTime() : ticket.getStartTime();
    return new ServiceTicket(
        ticket.getServer().getName(),
        ticket.getSessionKeyType(),
        ticket.getSessionKey().getEncoded(),
        start.toInstant().getEpochSecond(),
        ticket.getEndTime().toInstant().getEpochSecond(),
        ticket.getEncoded());
  }

  @Override
  public String realmOf(String host) {
    return configuration.profile().realmOf(host);
  }

  private void clear() {
    tickets().forEach(JdkLogin::destroy);
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

  @Override
  public void close() {
    clear();
    end.run();
  }

  private final class Answer implements CallbackHandler {
    @Override
    public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
      for (Callback callback : callbacks) {
        // cleared: who waited has given up, and a wrong password would count against him
        boolean given = password.length > 0 && password[0] != '\0';
        if (callback instanceof PasswordCallback p && given) {
          p.setPassword(password); // it copies
        } else {
          throw new UnsupportedCallbackException(callback);
        }
      }
    }
  }

  private static final class OneModule extends Configuration {
    private final AppConfigurationEntry[] entries;

    OneModule(Map<String, String> options) {
      entries =
          new AppConfigurationEntry[] {
            new AppConfigurationEntry(MODULE, LoginModuleControlFlag.REQUIRED, options)
          };
    }

    @Override
    public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
      return entries.clone();
    }
  }
}
