// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.token;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.option.SecretInput;
import io.rxrpc.tokens.klog.CellServers;
import io.rxrpc.tokens.klog.Credential;
import io.rxrpc.tokens.klog.Klog;
import io.rxrpc.tokens.krb5.Kerberos;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for a token, for which cell, and what proves it: what was given, or what this machine
 * and its credential cache say.
 *
 * @param principal null: the cache knows
 */
record KlogIdentity(@Nullable String principal, String cell, Credential credential) {
  /** What the command line says; at most one of the proofs. */
  record Given(
      @Nullable String principal,
      @Nullable String cell,
      @Nullable String keytab,
      @Nullable Integer descriptor,
      @Nullable String cache,
      boolean kaserver) {
    boolean proves() {
      return keytab != null || descriptor != null || cache != null;
    }
  }

  /** Finds out; asks for a password last, when all else is well. */
  static KlogIdentity find(Given given, Kerberos kerberos, CellServers cells, SecretInput input)
      throws CommandFailure, IOException {
    String owner =
        given.principal == null && !given.kaserver && !given.proves()
            ? Klog.cacheOwner(kerberos)
            : null;
    String cell = cell(given, owner, cells);
    if (owner != null) {
      return new KlogIdentity(null, cell, Credential.Cache.usual());
    }
    // a cache knows whose it is; otherwise it is the user of this machine
    String user = System.getProperty("user.name");
    String who = given.principal == null && given.cache == null ? user : given.principal;
    return new KlogIdentity(who, cell, credential(given, String.valueOf(who), input));
  }

  private static Credential credential(Given given, String who, SecretInput input)
      throws CommandFailure {
    if (given.keytab != null) {
      return new Credential.Keytab(given.keytab);
    }
    if (given.descriptor != null) {
      return new Credential.Password(input.password(given.descriptor));
    }
    if (given.cache != null) {
      return new Credential.Cache(given.cache);
    }
    return new Credential.Password(
        input.prompt("Password for " + who, "--password-fd, --keytab or --ccache"));
  }

  private static String cell(Given given, @Nullable String owner, CellServers cells)
      throws CommandFailure, IOException {
    if (given.cell != null) {
      return given.cell;
    }
    Optional<String> named = realm(given.principal);
    if (named.isEmpty() && given.principal == null) {
      named = cells.local();
    }
    if (named.isEmpty()) {
      named = realm(owner);
    }
    return named
        .orElseThrow(
            () ->
                CommandFailure.usage(
                    "for which cell? give --cell CELL, or PRINCIPAL with its realm"))
        .toLowerCase(Locale.ROOT);
  }

  private static Optional<String> realm(@Nullable String principal) {
    int at = principal == null ? -1 : principal.lastIndexOf('@');
    return principal == null || at < 0 || at == principal.length() - 1
        ? Optional.empty()
        : Optional.of(principal.substring(at + 1));
  }
}
