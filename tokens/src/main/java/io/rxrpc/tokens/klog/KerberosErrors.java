// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.klog;

import io.rxrpc.tokens.krb5.KerberosException;
import io.rxrpc.tokens.krb5.KerberosFault;

/** What a Kerberos says went wrong, as a person can use it; the same whichever Kerberos it is. */
final class KerberosErrors {
  private KerberosErrors() {}

  private static KlogException failure(KerberosFault fault, String text, KerberosException e) {
    return switch (fault) {
      case KDC_SILENT, KDC_UNRESOLVED -> KlogException.network(text, e);
      case FILE, UNAVAILABLE -> KlogException.local(text, e);
      default -> new KlogException(text, e);
    };
  }

  /** Of a login, or of what has to be known before. */
  static KlogException login(KerberosException e, String principal, Credential credential) {
    String text =
        switch (e.fault()) {
          case CLIENT_UNKNOWN ->
              principal + " is not known to its KDC; check the name and the realm";
          case PASSWORD_EXPIRED ->
              "the password of " + principal + " has ended; set a new one: kpasswd " + principal;
          case WRONG_SECRET -> wrongSecret(principal, credential);
          case NO_CACHE ->
              "no credential cache " + cache(credential, e) + "; get a ticket first: kinit";
          case NO_KEY -> noKey(principal, credential);
          case KEY_UNUSABLE ->
              keytab(credential)
                  + " has keys of "
                  + principal
                  + " only of types that may not be used here ("
                  + e.detail()
                  + "); extract one of another type: ktadd, or see allow_weak_crypto, allow_rc4 and"
                  + " permitted_enctypes in krb5.conf";
          case OTHER_OWNER ->
              "the credential cache is of "
                  + e.detail()
                  + " and not of "
                  + principal
                  + "; name that one, or get a ticket: kinit "
                  + principal;
          case NO_VALID_TICKET ->
              noValidTicket(e.detail().matches("\\S+@\\S+") ? e.detail() : principal);
          case MALFORMED -> principal + " is no name of Kerberos; write NAME@REALM";
          default -> common(e, principal, principal, credential);
        };
    return failure(e.fault(), text, e);
  }

  private static String keytab(Credential credential) {
    return credential instanceof Credential.Keytab k ? k.name() : "the keytab";
  }

  private static String cache(Credential credential, KerberosException e) {
    String name = credential instanceof Credential.Cache c ? c.name() : null;
    return name == null ? e.detail() : name;
  }

  private static String noKey(String principal, Credential credential) {
    String keytab = keytab(credential);
    return keytab + " has no key of " + principal + "; klist -k " + keytab + " lists them";
  }

  private static String wrongSecret(String principal, Credential credential) {
    return switch (credential) {
      case Credential.Password p -> "wrong password for " + principal + "; try again";
      case Credential.Keytab k ->
          "the key of "
              + principal
              + " in "
              + k.name()
              + " is not the KDC's; extract it anew:"
              + " ktadd";
      case Credential.Cache c -> "the ticket of " + principal + " is not valid; get one: kinit";
    };
  }

  /** Of asking for a service's ticket. */
  static KlogException service(
      KerberosException e, String principal, String tried, String cell, Credential credential) {
    String text =
        switch (e.fault()) {
          case SERVICE_UNKNOWN ->
              "the KDC knows no service " + tried + "; check --cell " + cell + " and --realm";
          case NO_VALID_TICKET, WRONG_SECRET -> noValidTicket(principal);
          default -> common(e, principal, tried, credential);
        };
    return failure(e.fault(), text, e);
  }

  private static String noValidTicket(String principal) {
    return "no valid ticket of " + principal + "; get one: kinit " + principal;
  }

  /**
   * @param what the KDC was asked for
   */
  private static String common(
      KerberosException e, String principal, String what, Credential credential) {
    return switch (e.fault()) {
      case CLIENT_LOCKED -> principal + " is locked; ask the administrator of the realm";
      case CLIENT_EXPIRED -> principal + " has ended; ask the administrator of the realm";
      case POLICY ->
          "the KDC does not give "
              + principal
              + " such tickets; ask the administrator of the realm";
      case NO_COMMON_TYPE ->
          "the KDC and this program have no encryption type in common for "
              + what
              + "; see permitted_enctypes and allow_weak_crypto in krb5.conf";
      case NO_VALID_TICKET -> noValidTicket(principal);
      case SKEW ->
          "clock skew: this machine's clock and the KDC's are too far apart; set the clock";
      case WRONG_REALM -> principal + " belongs to another realm; name that one";
      case KDC_SILENT, KDC_UNRESOLVED -> // MIT Kerberos does not tell them apart
          "no KDC for "
              + what
              + " answers; is it running, and does krb5.conf (KRB5_CONFIG) name the right one?";
      case KDC_UNKNOWN -> "no KDC is known for " + what + "; name one in krb5.conf (KRB5_CONFIG)";
      case NO_REALM ->
          "no realm for "
              + principal
              + "; write NAME@REALM, or set default_realm in krb5.conf (KRB5_CONFIG)";
      case FILE, UNAVAILABLE -> e.detail();
      case CLIENT_UNKNOWN -> principal + " is not known to its KDC; check the name and the realm";
      case PASSWORD_EXPIRED, WRONG_SECRET -> wrongSecret(principal, credential);
      case SERVICE_UNKNOWN -> "the KDC knows no service " + what;
      case NO_CACHE, OTHER_OWNER, NO_KEY, KEY_UNUSABLE, MALFORMED, OTHER ->
          "Kerberos refused " + principal + ": " + e.detail();
    };
  }
}
