// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

/** What went wrong, whichever Kerberos says so. */
public enum KerberosFault {
  /** The KDC does not know the client. */
  CLIENT_UNKNOWN,
  /** The client is locked. */
  CLIENT_LOCKED,
  /** The client's time has ended. */
  CLIENT_EXPIRED,
  /** The password has ended. */
  PASSWORD_EXPIRED,
  /** The password or key is not the client's. */
  WRONG_SECRET,
  /** The KDC does not know the service. */
  SERVICE_UNKNOWN,
  /** The KDC does not give such tickets to this client. */
  POLICY,
  /** No encryption type that both sides take. */
  NO_COMMON_TYPE,
  /** The ticket of the cache has ended, or there is none in it; the detail may be whose it is. */
  NO_VALID_TICKET,
  /** The clocks are too far apart. */
  SKEW,
  /** The client belongs to another realm. */
  WRONG_REALM,
  /** No KDC answers. */
  KDC_SILENT,
  /** A KDC's name has no address. */
  KDC_UNRESOLVED,
  /** No KDC of the realm is known. */
  KDC_UNKNOWN,
  /** A name without a realm, and there is no default. */
  NO_REALM,
  /** There is no such credential cache. */
  NO_CACHE,
  /** The cache is another one's; the detail says whose. */
  OTHER_OWNER,
  /** The keytab has no key of the client. */
  NO_KEY,
  /**
   * The keytab has keys of the client, of types only that may not be used; the detail says which.
   */
  KEY_UNUSABLE,
  /** A name that is none. */
  MALFORMED,
  /** A file of this machine cannot be used; the detail is the whole sentence. */
  FILE,
  /** This Kerberos cannot be had here; the detail is the whole sentence. */
  UNAVAILABLE,
  /** Anything else; the detail says what. */
  OTHER
}
