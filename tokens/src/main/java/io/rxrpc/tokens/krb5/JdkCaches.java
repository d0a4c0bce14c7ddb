// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The credential caches that the JDK can read: files, and folders of them. */
final class JdkCaches {
  private static final String VARIABLE = "KRB5CCNAME";
  private static final int WITH_HEADER = 4;
  private static final int WITH_TYPES = 3;
  private static final String FOLDER = "DIR:";

  private JdkCaches() {}

  /** The file of the cache that applies when none is named, as MIT Kerberos finds it. */
  static Path usual(JdkConfiguration configuration) throws KerberosException {
    String named = System.getenv(VARIABLE);
    if (named == null || named.isEmpty()) {
      named = configuration.profile().section("libdefaults").first("default_ccache_name");
    }
    return named == null ? Path.of("/tmp/krb5cc_" + uid()) : file(expanded(named));
  }

  private static String uid() {
    try {
      return Long.toString(new UnixSystem().getUid());
    } catch (LinkageError | RuntimeException e) {
      return System.getProperty("user.name", "user"); // no Unix
    }
  }

  private static String expanded(String name) {
    return name.replace("%{uid}", uid())
        .replace("%{euid}", uid())
        .replace("%{USERID}", uid())
        .replace("%{username}", System.getProperty("user.name", "user"))
        .replace("%{TEMP}", System.getProperty("java.io.tmpdir", "/tmp"))
        .replace("%{null}", "");
  }

  /** The file of a cache. */
  static Path file(String name) throws KerberosException {
    if (name.startsWith(FOLDER + ":")) {
      return Path.of(name.substring(FOLDER.length() + 1));
    }
    if (name.startsWith(FOLDER)) {
      return primary(Path.of(name.substring(FOLDER.length())));
    }
    Path file = LocalFiles.file(name);
    if (file == null) {
      throw new KerberosException(
          KerberosFault.FILE,
          "the credential cache "
              + name
              + " is no file, and the JDK's Kerberos reads files only; take the system's"
              + " (libkrb5), or make one: kinit -c FILE:/path, then --ccache /path");
    }
    return file;
  }

  /** Which file of a folder is in use stands in its file {@code primary}. */
  private static Path primary(Path folder) throws KerberosException {
    Path named = folder.resolve("primary");
    if (Files.notExists(named)) {
      return folder.resolve("tkt");
    }
    try {
      return folder.resolve(Files.readString(named).strip());
    } catch (IOException e) {
      throw new KerberosException(
          KerberosFault.FILE, 0, "cannot read " + named + ": " + e.getMessage(), e);
    }
  }

  /** Whose a cache is: its first principal (MIT's formats 0x0503 and 0x0504), or null. */
  static @Nullable String owner(Path file) throws KerberosException {
    try {
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
      if (in.remaining() < Short.BYTES) {
        return null;
      }
      int version = in.getShort() & 0xff;
      if (version == WITH_HEADER && in.remaining() >= Short.BYTES) {
        int header = Short.toUnsignedInt(in.getShort());
        in.position(in.position() + Math.min(header, in.remaining()));
      }
      if ((version != WITH_HEADER && version != WITH_TYPES) || in.remaining() < 2 * Integer.BYTES) {
        return null;
      }
      in.getInt(); // the type of the name
      int components = in.getInt();
      String realm = counted(in);
      List<String> name = new ArrayList<>();
      for (int i = 0; i < components && in.hasRemaining(); i++) {
        name.add(counted(in));
      }
      return String.join("/", name) + "@" + realm;
    } catch (IOException e) {
      throw new KerberosException(
          KerberosFault.FILE, 0, "cannot read the credential cache " + file, e);
    }
  }

  private static String counted(ByteBuffer in) {
    if (in.remaining() < Integer.BYTES) {
      return "";
    }
    int length = in.getInt();
    byte[] text = new byte[Math.max(0, Math.min(length, in.remaining()))];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
