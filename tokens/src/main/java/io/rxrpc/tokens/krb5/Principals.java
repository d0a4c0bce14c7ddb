// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

/** Names of Kerberos as text: {@code NAME/INSTANCE@REALM}, where a backslash quotes. */
final class Principals {
  private Principals() {}

  /** What stands behind the last at-sign that is none of a name, or an empty text. */
  static String realm(String principal) {
    int at = separator(principal);
    return at < 0 ? "" : principal.substring(at + 1);
  }

  /** Without the realm. */
  static String name(String principal) {
    int at = separator(principal);
    return at < 0 ? principal : principal.substring(0, at);
  }

  private static int separator(String principal) {
    for (int i = principal.length() - 1; i >= 0; i--) {
      if (principal.charAt(i) == '@' && (i == 0 || principal.charAt(i - 1) != '\\')) {
        return i;
      }
    }
    return -1;
  }
}
