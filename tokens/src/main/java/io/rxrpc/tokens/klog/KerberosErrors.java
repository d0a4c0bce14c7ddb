package io.rxrpc.tokens.klog;

import java.net.ConnectException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK's Kerberos says went wrong, as a person can use it. Its exceptions carry the error
 * number of RFC 4120 section 7.5.9 only in their text, in parentheses.
 */
final class KerberosErrors {
  static final int CLIENT_UNKNOWN = 6;
  static final int SERVICE_UNKNOWN = 7;
  private static final int ETYPE_NOSUPP = 14;
  private static final int CLIENT_REVOKED = 18;
  private static final int KEY_EXPIRED = 23;
  private static final int PREAUTH_FAILED = 24;
  private static final int BAD_INTEGRITY = 31;
  private static final int TICKET_EXPIRED = 32;
  private static final int SKEW = 37;
  private static final int WRONG_REALM = 68;

  private static final Pattern NUMBER = Pattern.compile("\\((\\d{1,3})\\)");

  private KerberosErrors() {}

  /** The error number, or 0 if there is none. */
  static int number(Throwable e) {
    for (String text : texts(e)) {
      Matcher m = NUMBER.matcher(text);
      if (m.find()) {
        return Integer.parseInt(m.group(1));
      }
    }
    return 0;
  }

  private static List<String> texts(Throwable e) {
    List<String> texts = new ArrayList<>();
    for (Throwable t = e; t != null && texts.size() < 20; t = t.getCause()) {
      String text = t.getMessage();
      texts.add(text == null ? t.getClass().getSimpleName() : text);
    }
    return texts;
  }

  private static boolean says(Throwable e, String words) {
    return texts(e).stream().anyMatch(t -> t.contains(words));
  }

  private static @Nullable Throwable network(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof SocketTimeoutException
          || t instanceof ConnectException
          || t instanceof PortUnreachableException
          || t instanceof UnknownHostException) {
        return t;
      }
    }
    return null;
  }

  /** Of a login. */
  static KlogException login(Throwable e, String principal, Credential credential) {
    return failure(loginText(e, principal, credential), e);
  }

  private static KlogException failure(String text, Throwable e) {
    return network(e) == null ? new KlogException(text, e) : KlogException.network(text, e);
  }

  private static String loginText(Throwable e, String principal, Credential credential) {
    String known =
        switch (number(e)) {
          case CLIENT_UNKNOWN ->
              principal + " is not known to its KDC; check the name and the realm";
          case CLIENT_REVOKED ->
              principal + " is locked, or has ended; ask the administrator of the realm";
          case KEY_EXPIRED ->
              "the password of " + principal + " has ended; set a new one: kpasswd " + principal;
          case PREAUTH_FAILED, BAD_INTEGRITY -> wrongSecret(principal, credential);
          default -> "";
        };
    if (!known.isEmpty()) {
      return known;
    }
    if (says(e, "Checksum failed") || says(e, "Integrity check on decrypted field failed")) {
      return wrongSecret(principal, credential);
    }
    if (says(e, "Unable to obtain")) { // nothing to log in with
      return switch (credential) {
        case Credential.Password p -> "no password was given for " + principal;
        case Credential.Keytab k ->
            k.file() + " has no key of " + principal + "; klist -k " + k.file() + " lists them";
        case Credential.Cache c ->
            c.file() + " has no valid ticket of " + principal + "; get one: kinit " + principal;
      };
    }
    return common(e, principal);
  }

  private static String wrongSecret(String principal, Credential credential) {
    return switch (credential) {
      case Credential.Password p -> "wrong password for " + principal + "; try again";
      case Credential.Keytab k ->
          "the key of "
              + principal
              + " in "
              + k.file()
              + " is not the KDC's; extract it anew:"
              + " ktadd";
      case Credential.Cache c -> "the ticket in " + c.file() + " is not valid; get one: kinit";
    };
  }

  /** Of asking for a service's ticket. */
  static KlogException service(Throwable e, String principal, String tried, String cell) {
    String text =
        number(e) == SERVICE_UNKNOWN
            ? "the KDC knows no service " + tried + "; check --cell " + cell + " and --realm"
            : common(e, principal);
    return failure(text, e);
  }

  private static String common(Throwable e, String principal) {
    String known =
        switch (number(e)) {
          case ETYPE_NOSUPP ->
              "the KDC and this program have no encryption type in common for " + principal;
          case TICKET_EXPIRED ->
              "the ticket of " + principal + " has ended; get a new one: kinit " + principal;
          case SKEW ->
              "clock skew: this machine's clock and the KDC's are too far apart; set the clock";
          case WRONG_REALM -> principal + " belongs to another realm; name that one";
          default -> "";
        };
    if (!known.isEmpty()) {
      return known;
    }
    Throwable network = network(e);
    if (network != null) {
      return "no KDC for "
          + principal
          + " answers ("
          + network.getMessage()
          + "); is it running,"
          + " and does krb5.conf (KRB5_CONFIG) name the right one?";
    }
    if (says(e, "default realm") || says(e, "realm name")) {
      return "no realm for "
          + principal
          + "; write NAME@REALM, or set default_realm in krb5.conf (KRB5_CONFIG)";
    }
    if (says(e, "Cannot locate KDC") || says(e, "Cannot get kdc")) {
      return "no KDC is known for " + principal + "; name one in krb5.conf (KRB5_CONFIG)";
    }
    List<String> texts = texts(e);
    return "Kerberos refused " + principal + ": " + texts.getFirst().strip();
  }
}
