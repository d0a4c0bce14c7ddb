// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The krb5.conf that the JDK's Kerberos gets to see: the one in force, made plain, with the waiting
 * times of MIT Kerberos where it says none, and with all addresses of the KDCs, of which the JDK
 * would try the first.
 */
final class JdkConfiguration implements AutoCloseable {
  private static final String PROPERTY = "java.security.krb5.conf";

  /** Milliseconds; the JDK would wait 30 seconds three times. */
  private static final String WAIT = "1500";

  private static final String TRIES = "2";

  private static final int AES_FIRST = 17;
  private static final int AES_LAST = 20;

  private final Profile profile;
  private final @Nullable String before;
  private @Nullable Path written;

  /**
   * @param named a krb5.conf, or null: what the system property or the environment says
   */
  JdkConfiguration(@Nullable Path named) throws KerberosException {
    before = System.getProperty(PROPERTY);
    List<Path> files;
    if (named != null) {
      files = List.of(named);
    } else if (before != null) {
      files = Stream.of(Path.of(before)).filter(Files::exists).toList();
    } else {
      files = ConfigurationFiles.of(System.getenv());
    }
    profile = Profile.read(files);
    Profile.Section defaults = profile.section("libdefaults");
    // what MIT asks for: the JDK would ask for the longest that the KDC gives
    defaults.preset("ticket_lifetime", "24h");
    defaults.preset("kdc_timeout", WAIT);
    defaults.preset("max_retries", TRIES);
  }

  /** Whether somebody has told the JDK which file to use. */
  static boolean isNamed() {
    return System.getProperty(PROPERTY) != null;
  }

  Profile profile() {
    return profile;
  }

  @Nullable String defaultRealm() {
    return profile.section("libdefaults").first("default_realm");
  }

  /** Whether the JDK uses keys of an encryption type: those of AES, unless it is told otherwise. */
  boolean mayUse(int type) {
    String weak = profile.section("libdefaults").first("allow_weak_crypto");
    return (type >= AES_FIRST && type <= AES_LAST)
        || (weak != null && weak.matches("(?i)true|yes|y|1|on"));
  }

  /** Puts it where the JDK finds it. */
  void write() throws KerberosException {
    try {
      Path file = written;
      if (file == null) {
        file = Files.createTempFile("rxrpc-krb5-", ".conf");
        written = file;
      }
      Files.writeString(file, profile.text(), Profile.CODING);
      System.setProperty(PROPERTY, file.toString());
    } catch (IOException e) {
      throw new KerberosException(
          KerberosFault.FILE, 0, "cannot write a temporary krb5.conf: " + e.getMessage(), e);
    }
  }

  /** From now on TCP, after UDP has had no answer. */
  void useTcp() {
    profile.section("libdefaults").set("udp_preference_limit", List.of("1"));
  }

  /** Whether UDP is tried at all. */
  boolean prefersTcp() {
    String limit = profile.section("libdefaults").first("udp_preference_limit");
    return limit != null && (limit.equals("0") || limit.equals("1"));
  }

  /** Writes all addresses of a realm's KDCs where their names stand. */
  void resolve(Set<String> realms) {
    profile
        .section("realms")
        .sections()
        .forEach(
            (realm, section) -> {
              if (realms.contains(realm)) {
                List<String> kdcs = new ArrayList<>();
                section.values("kdc").forEach(kdc -> kdcs.addAll(addresses(kdc)));
                if (!kdcs.isEmpty()) {
                  section.set("kdc", kdcs);
                }
              }
            });
  }

  private static List<String> addresses(String kdc) {
    int colon = kdc.lastIndexOf(':');
    boolean port = colon > 0 && kdc.indexOf(':') == colon;
    String host = port ? kdc.substring(0, colon) : kdc;
    if (host.contains("/") || host.contains("[")) {
      return List.of(kdc);
    }
    try {
      List<String> all = new ArrayList<>();
      for (InetAddress address : InetAddress.getAllByName(host)) {
        String text = address.getHostAddress();
        text = text.contains(":") ? "[" + text + "]" : text;
        all.add(port ? text + kdc.substring(colon) : text);
      }
      return all.size() > 1 ? all : List.of(kdc);
    } catch (UnknownHostException e) {
      return List.of(kdc); // the JDK says so when it comes to it
    }
  }

  @Override
  public void close() throws KerberosException {
    Path ours = written;
    // otherwise another login has put its own there
    if (ours != null && ours.toString().equals(System.getProperty(PROPERTY))) {
      if (before == null) {
        System.clearProperty(PROPERTY);
      } else {
        System.setProperty(PROPERTY, before);
      }
    }
    try {
      Path file = written;
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new KerberosException(
          KerberosFault.FILE, 0, "cannot remove a temporary krb5.conf: " + e.getMessage(), e);
    }
  }
}
