// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Looks at keytabs and caches that are files before Kerberos does: what is wrong with a file of
 * this machine is said of the file, in the same words for both kinds of Kerberos.
 */
final class LocalFiles {
  /** The first byte of both formats. */
  private static final int MAGIC = 5;

  private LocalFiles() {}

  /** The file that a name of a keytab or cache means, or null if it is of another type. */
  static @Nullable Path file(String name) throws KerberosException {
    String path = name;
    for (String prefix : new String[] {"FILE:", "WRFILE:"}) {
      if (name.startsWith(prefix)) {
        path = name.substring(prefix.length());
      }
    }
    if (path.equals(name) && name.matches("[A-Za-z][A-Za-z0-9_+.-]+:.*")) {
      return null;
    }
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw new KerberosException(KerberosFault.FILE, 0, "no name of a file: " + name, e);
    }
  }

  /** Refuses a file that can be no keytab. */
  static void keytab(String name) throws KerberosException {
    Path file = file(name);
    if (file != null) {
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        throw new KerberosException(KerberosFault.FILE, "cannot read the keytab " + file);
      }
      magic(file, "keytab");
    }
  }

  /** Refuses a file that can be no cache. */
  static void cache(String name) throws KerberosException {
    Path file = file(name);
    if (file == null) {
      return;
    }
    if (Files.notExists(file)) {
      throw new KerberosException(KerberosFault.NO_CACHE, file.toString());
    }
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new KerberosException(KerberosFault.FILE, "cannot read the credential cache " + file);
    }
    magic(file, "credential cache");
  }

  private static void magic(Path file, String what) throws KerberosException {
    try (InputStream in = Files.newInputStream(file)) {
      if (in.read() != MAGIC) {
        throw new KerberosException(KerberosFault.FILE, file + " is no " + what);
      }
    } catch (IOException e) {
      throw new KerberosException(
          KerberosFault.FILE, 0, "cannot read the " + what + " " + file + ": " + e.getMessage(), e);
    }
  }
}
