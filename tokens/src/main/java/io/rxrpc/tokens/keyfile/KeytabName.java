// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.keyfile;

import java.nio.file.Path;
import java.util.Set;

/** The names of keytabs as Kerberos writes them: {@code FILE:/etc/krb5.keytab}. */
public final class KeytabName {
  private static final Set<String> FILES = Set.of("FILE", "WRFILE");

  /** Types of MIT and Heimdal that are no files. */
  private static final Set<String> OTHERS =
      Set.of(
          "MEMORY",
          "SRVTAB",
          "DIR",
          "KCM",
          "KEYRING",
          "ANY",
          "HDB",
          "HDBGET",
          "KDB",
          "AFSKEYFILE",
          "JAVA14");

  private KeytabName() {}

  /**
   * {@return the path in a name, which may begin with {@code FILE:} or {@code WRFILE:}} A name that
   * begins otherwise is a path as it is.
   *
   * @param name the name
   * @throws IllegalArgumentException if it names no file; the message says why
   */
  public static Path path(String name) {
    int colon = name.indexOf(':');
    String type = colon < 0 ? "" : name.substring(0, colon);
    if (OTHERS.contains(type)) {
      throw new IllegalArgumentException(
          "'" + name + "': keys are read from files, not from " + type + ": (write FILE:PATH)");
    }
    String path = FILES.contains(type) ? name.substring(colon + 1) : name;
    if (path.isEmpty()) {
      throw new IllegalArgumentException("'" + name + "' names no file");
    }
    return Path.of(path);
  }
}
