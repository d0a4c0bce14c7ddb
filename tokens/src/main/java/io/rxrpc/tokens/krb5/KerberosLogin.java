// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

/**
 * Somebody who has proved to a KDC who he is, or has a ticket that says so. For the thread that
 * made it; closing it clears its keys.
 */
public interface KerberosLogin extends AutoCloseable {
  /** {@return who, as {@code NAME@REALM}: the name that the KDC gave} */
  String client();

  /** {@return the realm of {@link #client}} */
  default String realm() {
    return Principals.realm(client());
  }

  /**
   * {@return a ticket for a service, which the caller destroys} Other realms are reached by trust,
   * and a KDC may refer to the realm of the service.
   *
   * @param service {@code NAME/INSTANCE@REALM}; with an empty realm the KDC is asked to find it
   * @throws KerberosException if Kerberos refuses or does not answer
   */
  ServiceTicket ticket(String service) throws KerberosException;

  /**
   * {@return the realm that the configuration or the DNS says a host is in, or an empty text}
   *
   * @param host a name, or an address as a number
   * @throws KerberosException if Kerberos refuses or does not answer
   */
  String realmOf(String host) throws KerberosException;

  /**
   * Begins a security context with a service, for whose ticket a KDC is asked. The caller closes it
   * before this login.
   *
   * @param service as for {@link #ticket}
   * @return the context
   * @throws KerberosException if Kerberos refuses or does not answer
   */
  GssContext initiate(String service) throws KerberosException;

  @Override
  void close();
}
