package io.rxrpc.tokens.klog;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;

/** A login by the JDK's Krb5LoginModule, which is told all in code: nobody writes a file for it. */
final class KerberosLogin {
  private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";

  private final Klog.Request request;
  private final Subject subject = new Subject();

  KerberosLogin(Klog.Request request) {
    this.request = request;
  }

  /** The subject, with its ticket-granting ticket. */
  Subject login() throws LoginException {
    LoginContext context =
        new LoginContext("rxrpc", subject, this::answer, new OneModule(options()));
    context.login();
    return subject;
  }

  /** Clears all that came in. */
  void logout() {
    Klog.destroy(subject);
  }

  private Map<String, String> options() {
    Map<String, String> options = new HashMap<>();
    options.put("refreshKrb5Config", "true");
    options.put("isInitiator", "true");
    String principal = principal();
    if (!principal.isEmpty()) {
      options.put("principal", principal);
    }
    switch (request.credential()) {
      case Credential.Password p -> options.put("useTicketCache", "false");
      case Credential.Keytab k -> {
        options.put("useKeyTab", "true");
        options.put("keyTab", k.file().toString());
        options.put("doNotPrompt", "true");
      }
      case Credential.Cache c -> {
        options.put("useTicketCache", "true");
        options.put("ticketCache", c.file().toString());
        options.put("doNotPrompt", "true");
      }
    }
    return options;
  }

  /** A name without realm is of the cell's, if that is given: Kerberos would take its default. */
  private String principal() {
    String principal = request.principal();
    if (principal == null) {
      return "";
    }
    String realm = request.realm();
    return principal.contains("@") || realm == null ? principal : principal + "@" + realm;
  }

  private void answer(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
    for (Callback callback : callbacks) {
      switch (callback) {
        case NameCallback n -> n.setName(principal());
        case PasswordCallback p when request.credential() instanceof Credential.Password given ->
            p.setPassword(given.secret()); // it copies
        default -> throw new UnsupportedCallbackException(callback);
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
