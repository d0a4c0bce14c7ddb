// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which krb5.conf applies, as MIT Kerberos finds it. */
final class ConfigurationFiles {
  private static final String VARIABLE = "KRB5_CONFIG";

  private ConfigurationFiles() {}

  /**
   * Checks what KRB5_CONFIG names: libkrb5 goes on without any configuration if there is nothing.
   */
  static void check(Map<String, String> environment) throws KerberosException {
    String named = environment.getOrDefault(VARIABLE, "");
    if (!named.isEmpty() && readable(named).isEmpty()) {
      throw new KerberosException(
          KerberosFault.FILE, VARIABLE + " names " + named + ", which cannot be read");
    }
  }

  /** The files in the order in which their values are in force; none where there are none. */
  static List<Path> of(Map<String, String> environment) throws KerberosException {
    check(environment);
    String named = environment.getOrDefault(VARIABLE, "");
    return named.isEmpty()
        ? Stream.of(
                Path.of("/etc/krb5.conf"),
                Path.of(System.getProperty("java.home"), "conf", "security", "krb5.conf"))
            .filter(Files::isReadable)
            .limit(1)
            .toList()
        : readable(named);
  }

  private static List<Path> readable(String named) {
    return Stream.of(named.split(":", -1))
        .filter(file -> !file.isEmpty())
        .map(Path::of)
        .filter(Files::isReadable)
        .toList();
  }
}
