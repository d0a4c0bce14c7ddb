// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's Kerberos. It has one configuration for the whole JVM, so that one login at a time is
 * under way; each reads it anew. One that nobody waits for any more, because its KDC is silent,
 * does not hold the next one up for long.
 */
final class JdkKerberos implements Kerberos {
  private static final char[] NO_PASSWORD = {};
  private static final ReentrantLock ONE = new ReentrantLock();
  private static final long PATIENCE_SECONDS = 2;

  private final @Nullable Path configuration;
  private final String why;

  JdkKerberos(@Nullable Path configuration, String why) {
    this.configuration = configuration;
    this.why = why;
  }

  @Override
  public String name() {
    return "jdk";
  }

  @Override
  public String description() {
    return "the JDK's Kerberos (" + why + ")";
  }

  @Override
  public @Nullable String cacheOwner() throws KerberosException {
    lock();
    try (JdkConfiguration c = new JdkConfiguration(configuration)) {
      Path file = JdkCaches.usual(c);
      LocalFiles.cache(file.toString());
      return JdkCaches.owner(file);
    } catch (KerberosException e) {
      if (e.fault() == KerberosFault.NO_CACHE) {
        return null;
      }
      throw e;
    } finally {
      unlock();
    }
  }

  @Override
  public KerberosLogin byPassword(String principal, char[] password) throws KerberosException {
    if (password.length == 0) {
      throw new KerberosException(KerberosFault.WRONG_SECRET, "an empty password");
    }
    return login(principal, c -> Map.of("useTicketCache", "false"), password);
  }

  @Override
  public KerberosLogin byKeytab(String principal, String keytab) throws KerberosException {
    LocalFiles.keytab(keytab);
    Path file = LocalFiles.file(keytab);
    if (file == null) {
      throw onlyFiles(keytab);
    }
    try {
      return login(
          principal,
          c -> {
            KeytabListing.checkTypes(file, principal, c::mayUse);
            return Map.of("useKeyTab", "true", "keyTab", file.toString(), "doNotPrompt", "true");
          },
          NO_PASSWORD);
    } catch (KerberosException e) {
      throw e.fault() == KerberosFault.NO_VALID_TICKET
          ? KeytabListing.explain(keytab, principal, e)
          : e;
    }
  }

  @Override
  public KerberosLogin byCache(@Nullable String principal, @Nullable String cache)
      throws KerberosException {
    if (cache != null) {
      LocalFiles.cache(cache);
    }
    AtomicReference<String> owner = new AtomicReference<>("");
    try {
      return login(principal, c -> ofCache(c, principal, cache, owner), NO_PASSWORD);
    } catch (KerberosException e) {
      throw e.fault() == KerberosFault.NO_VALID_TICKET && !owner.get().isEmpty()
          ? new KerberosException(e.fault(), 0, owner.get(), e)
          : e;
    }
  }

  private static Map<String, String> ofCache(
      JdkConfiguration configuration,
      @Nullable String principal,
      @Nullable String cache,
      AtomicReference<String> owner)
      throws KerberosException {
    Path file = cache == null ? JdkCaches.usual(configuration) : JdkCaches.file(cache);
    LocalFiles.cache(file.toString());
    String found = JdkCaches.owner(file);
    if (found != null) {
      owner.set(found);
      if (principal != null && !found.equals(qualified(principal, configuration))) {
        throw new KerberosException(KerberosFault.OTHER_OWNER, found);
      }
    }
    return Map.of("useTicketCache", "true", "ticketCache", file.toString(), "doNotPrompt", "true");
  }

  private static void lock() throws KerberosException {
    try {
      // in vain: the other has read its configuration long ago
      boolean alone = ONE.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
      System.getLogger("io.rxrpc.tokens")
          .log(alone ? System.Logger.Level.TRACE : System.Logger.Level.DEBUG, "alone: {0}", alone);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KerberosException(KerberosFault.OTHER, 0, "interrupted", e);
    }
  }

  private static void unlock() {
    if (ONE.isHeldByCurrentThread()) {
      ONE.unlock();
    }
  }

  private static String qualified(String principal, JdkConfiguration configuration) {
    String realm = configuration.defaultRealm();
    return Principals.realm(principal).isEmpty() && realm != null
        ? principal + "@" + realm
        : principal;
  }

  /** The options of the login module for a way to log in. */
  @FunctionalInterface
  private interface Way {
    Map<String, String> options(JdkConfiguration configuration) throws KerberosException;
  }

  private KerberosLogin login(@Nullable String principal, Way way, char[] password)
      throws KerberosException {
    lock();
    JdkConfiguration c = null;
    JdkLogin login = null;
    boolean usable = false;
    try {
      JdkConfiguration configured = new JdkConfiguration(configuration);
      c = configured;
      Map<String, String> options = new HashMap<>(way.options(configured));
      options.put("refreshKrb5Config", "true");
      options.put("isInitiator", "true");
      if (principal != null) {
        options.put("principal", principal);
      }
      configured.resolve(realms(principal, configured));
      login = new JdkLogin(configured, options, password, () -> end(configured));
      login.login();
      if (login.client().isEmpty()) {
        throw new KerberosException(KerberosFault.OTHER, "Kerberos does not say who you are");
      }
      usable = true;
      return login;
    } finally {
      if (!usable) {
        if (login != null) {
          login.close();
        } else if (c != null) {
          end(c);
        } else {
          unlock();
        }
      }
    }
  }

  private static Set<String> realms(@Nullable String principal, JdkConfiguration configuration) {
    Set<String> realms = new HashSet<>();
    String realm = configuration.defaultRealm();
    if (realm != null) {
      realms.add(realm);
    }
    if (principal != null) {
      realms.add(Principals.realm(principal));
    }
    return realms;
  }

  private static void end(JdkConfiguration configuration) {
    try {
      configuration.close();
    } catch (KerberosException e) {
      System.getLogger("io.rxrpc.tokens").log(System.Logger.Level.WARNING, "{0}", e.detail());
    } finally {
      unlock();
    }
  }

  @Override
  public GssContext acceptor(String keytab) throws KerberosException {
    LocalFiles.keytab(keytab);
    Path file = LocalFiles.file(keytab);
    if (file == null) {
      throw onlyFiles(keytab);
    }
    try {
      return JdkGssContext.acceptor(file);
    } catch (GssException e) {
      throw new KerberosException(KerberosFault.FILE, e.minor(), keytab + ": " + e.detail(), e);
    }
  }

  private static KerberosException onlyFiles(String keytab) {
    return new KerberosException(
        KerberosFault.FILE, "the JDK's Kerberos reads keytabs in files only, not " + keytab);
  }
}
