// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the JDK's Kerberos says went wrong. Its exceptions carry the error number of RFC 4120
 * section 7.5.9 only in their text, in parentheses, and other things in words alone.
 */
final class JdkErrors {
  private static final int MAX_CAUSES = 20;
  private static final Pattern NUMBER = Pattern.compile("\\((\\d{1,3})\\)");

  private JdkErrors() {}

  static KerberosException of(Throwable e) {
    int number = number(e);
    return new KerberosException(fault(e, number), number, texts(e).getFirst(), e);
  }

  private static KerberosFault fault(Throwable e, int number) {
    KerberosFault byNumber = ErrorCodes.ofProtocol(number);
    if (byNumber != KerberosFault.OTHER) {
      return byNumber;
    }
    if (says(e, "Checksum failed") || says(e, "Integrity check on decrypted field failed")) {
      return KerberosFault.WRONG_SECRET;
    }
    if (has(e, UnknownHostException.class)) {
      return KerberosFault.KDC_UNRESOLVED;
    }
    if (has(e, SocketTimeoutException.class)
        || has(e, ConnectException.class)
        || has(e, PortUnreachableException.class)
        || has(e, NoRouteToHostException.class)) {
      return KerberosFault.KDC_SILENT;
    }
    if (says(e, "Unable to obtain")) { // nothing to log in with
      return KerberosFault.NO_VALID_TICKET;
    }
    if (says(e, "Cannot locate KDC")
        || says(e, "Cannot get kdc")
        || says(e, "Cannot find any KDC")) {
      return KerberosFault.KDC_UNKNOWN;
    }
    if (says(e, "default realm") || says(e, "realm name") || says(e, "Cannot locate default")) {
      return KerberosFault.NO_REALM;
    }
    if (says(e, "no supported default etypes") || says(e, "encryption type")) {
      return KerberosFault.NO_COMMON_TYPE;
    }
    if (says(e, "Clock skew")) {
      return KerberosFault.SKEW;
    }
    if (says(e, "No service creds") || says(e, "no path")) {
      return KerberosFault.SERVICE_UNKNOWN;
    }
    return KerberosFault.OTHER;
  }

  /** The error number, or 0 if there is none. */
  private static int number(Throwable e) {
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
    for (Throwable t = e; t != null && texts.size() < MAX_CAUSES; t = t.getCause()) {
      String text = t.getMessage();
      texts.add(text == null || text.equals("null") ? t.getClass().getSimpleName() : text);
    }
    return texts;
  }

  private static boolean says(Throwable e, String words) {
    return texts(e).stream().anyMatch(t -> t.contains(words));
  }

  private static boolean has(Throwable e, Class<?> type) {
    int depth = 0;
    for (Throwable t = e; t != null && depth < MAX_CAUSES; t = t.getCause()) {
      if (type.isInstance(t)) {
        return true;
      }
      depth++;
    }
    return false;
  }
}
