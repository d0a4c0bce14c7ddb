// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A Kerberos 5. The system's is what {@code kinit} and {@code aklog} use: its configuration, its
 * credential caches of all types, its ways to find a KDC. The JDK's is what remains where there is
 * no MIT Kerberos. Both give the same errors.
 *
 * <p>Immutable. All methods may be called from any thread and block; a {@link KerberosLogin}
 * belongs to the thread that made it.
 */
public sealed interface Kerberos permits SystemKerberos, JdkKerberos {
  /**
   * {@return the system's where there is one, and the JDK's otherwise; also the JDK's where the
   * system property {@code java.security.krb5.conf} is set, which the system's does not know}
   */
  static Kerberos automatic() {
    SystemKerberos.Found found = SystemKerberos.found();
    if (JdkConfiguration.isNamed()) {
      return new JdkKerberos(null, "java.security.krb5.conf is set");
    }
    return found.library() == null
        ? new JdkKerberos(null, found.why())
        : new SystemKerberos(found.library(), null);
  }

  /**
   * {@return the system's, with the configuration that KRB5_CONFIG names, or {@code
   * /etc/krb5.conf}}
   *
   * @throws KerberosException with {@link KerberosFault#UNAVAILABLE} where there is none
   */
  static Kerberos system() throws KerberosException {
    return SystemKerberos.orThrow(null);
  }

  /**
   * {@return the system's, with this configuration}
   *
   * @param configuration a krb5.conf to use in place of the system's
   * @throws KerberosException with {@link KerberosFault#UNAVAILABLE} where there is none
   */
  static Kerberos system(Path configuration) throws KerberosException {
    return SystemKerberos.orThrow(configuration);
  }

  /**
   * {@return the JDK's, with the configuration that the system property {@code
   * java.security.krb5.conf} or KRB5_CONFIG names, or {@code /etc/krb5.conf}}
   */
  static Kerberos jdk() {
    return new JdkKerberos(null, "asked for");
  }

  /**
   * {@return the JDK's, with this configuration}
   *
   * @param configuration a krb5.conf to use in place of the system's
   */
  static Kerberos jdk(Path configuration) {
    return new JdkKerberos(configuration, "asked for");
  }

  /** {@return {@code system} or {@code jdk}} */
  String name();

  /**
   * For people: which one, and why.
   *
   * @return the text
   */
  String description();

  /**
   * Whose the credential cache is that applies when none is named.
   *
   * @return NAME@REALM, or null if there is no such cache
   * @throws KerberosException if there is one that cannot be read
   */
  @Nullable String cacheOwner() throws KerberosException;

  /**
   * Logs in with a password.
   *
   * @param principal {@code NAME[@REALM]}
   * @param password not changed; the caller clears it
   * @return the kerberos login
   * @throws KerberosException if Kerberos refuses or does not answer
   */
  KerberosLogin byPassword(String principal, char[] password) throws KerberosException;

  /**
   * Logs in with a key.
   *
   * @param principal {@code NAME[@REALM]}
   * @param keytab a file, also as {@code FILE:PATH}, or what else this Kerberos takes
   * @return the kerberos login
   * @throws KerberosException if Kerberos refuses or does not answer
   */
  KerberosLogin byKeytab(String principal, String keytab) throws KerberosException;

  /**
   * Logs in with the ticket of {@code kinit}.
   *
   * @param principal whose it must be, {@code NAME[@REALM]}, or null: anybody's
   * @param cache {@code TYPE:RESIDUAL} or a file, or null: the one that applies when none is named
   * @return the kerberos login
   * @throws KerberosException if Kerberos refuses or does not answer
   */
  KerberosLogin byCache(@Nullable String principal, @Nullable String cache)
      throws KerberosException;

  /**
   * {@return a security context of somebody who is going to say who he is: it accepts tickets for
   * any key of a keytab, which is read now} Asks no KDC. The caller closes it.
   *
   * @param keytab a file, also as {@code FILE:PATH}, or what else this Kerberos takes
   * @throws KerberosException with {@link KerberosFault#FILE} if the keytab cannot be used, with
   *     {@link KerberosFault#UNAVAILABLE} if this Kerberos has no GSS-API here
   */
  GssContext acceptor(String keytab) throws KerberosException;
}
