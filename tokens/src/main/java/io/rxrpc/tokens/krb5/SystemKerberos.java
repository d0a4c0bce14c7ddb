// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The system's MIT Kerberos: what {@code kinit} and {@code aklog} use. */
final class SystemKerberos implements Kerberos {
  /**
   * Whether this machine has one.
   *
   * @param why there is none, if so
   */
  record Found(@Nullable CLibrary library, String why) {
    /** Looks for a library. */
    static Found named(String name) {
      try {
        return new Found(Libkrb5.load(name), "");
      } catch (CLibrary.Unusable e) {
        return new Found(null, String.valueOf(e.getMessage()));
      }
    }
  }

  private static final class Once {
    static final Found FOUND = Found.named(Libkrb5.NAME);
  }

  /** Of a character in UTF-8. */
  private static final int MAX_BYTES = 4;

  private final CLibrary library;
  private final @Nullable Path configuration;

  SystemKerberos(CLibrary library, @Nullable Path configuration) {
    this.library = library;
    this.configuration = configuration;
  }

  static Found found() {
    return Once.FOUND;
  }

  static SystemKerberos orThrow(@Nullable Path configuration) throws KerberosException {
    CLibrary library = found().library();
    if (library == null) {
      throw new KerberosException(
          KerberosFault.UNAVAILABLE,
          "the system's MIT Kerberos cannot be used: " + found().why() + "; take the JDK's");
    }
    return new SystemKerberos(library, configuration);
  }

  @Override
  public String name() {
    return "system";
  }

  @Override
  public String description() {
    return "the system's MIT Kerberos (" + Libkrb5.NAME + ")";
  }

  private Context context() throws KerberosException {
    if (configuration == null) {
      ConfigurationFiles.check(System.getenv());
    }
    return Context.open(library, configuration);
  }

  @Override
  public @Nullable String cacheOwner() throws KerberosException {
    try (Context context = context()) {
      try (Cache cache = Cache.usual(context)) {
        return cache.owner();
      }
    } catch (KerberosException e) {
      if (e.fault() == KerberosFault.NO_CACHE || e.fault() == KerberosFault.NO_VALID_TICKET) {
        return null;
      }
      throw e;
    }
  }

  @Override
  public KerberosLogin byPassword(String principal, char[] password) throws KerberosException {
    return SystemLogin.initial(
        context(),
        principal,
        (context, name, credentials, options) -> {
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment secret = secret(arena, password);
            try {
              return library.code(
                  "krb5_get_init_creds_password",
                  context.handle(),
                  credentials,
                  name,
                  secret,
                  MemorySegment.NULL,
                  MemorySegment.NULL,
                  0,
                  MemorySegment.NULL,
                  options);
            } finally {
              secret.fill((byte) 0);
            }
          }
        });
  }

  /** A password as C has it; no copy of it stays anywhere. */
  private static MemorySegment secret(Arena arena, char[] password) {
    ByteBuffer encoded = ByteBuffer.allocate(password.length * MAX_BYTES);
    try {
      StandardCharsets.UTF_8
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .encode(CharBuffer.wrap(password), encoded, true);
      MemorySegment secret = arena.allocate(encoded.position() + 1L);
      MemorySegment.copy(encoded.array(), 0, secret, JAVA_BYTE, 0, encoded.position());
      return secret;
    } finally {
      Arrays.fill(encoded.array(), (byte) 0);
    }
  }

  @Override
  public KerberosLogin byKeytab(String principal, String keytab) throws KerberosException {
    LocalFiles.keytab(keytab);
    try {
      return SystemLogin.initial(
          context(), principal, (context, name, c, o) -> byKey(context, name, keytab, c, o));
    } catch (KerberosException e) {
      throw e.fault() == KerberosFault.NO_KEY ? KeytabListing.explain(keytab, principal, e) : e;
    }
  }

  private int byKey(
      Context context,
      MemorySegment name,
      String keytab,
      MemorySegment credentials,
      MemorySegment options)
      throws KerberosException {
    MemorySegment out = context.place();
    context.check(library.code("krb5_kt_resolve", context.handle(), context.text(keytab), out));
    MemorySegment table = Context.pointer(out, 0);
    try {
      return library.code(
          "krb5_get_init_creds_keytab",
          context.handle(),
          credentials,
          name,
          table,
          0,
          MemorySegment.NULL,
          options);
    } finally {
      library.code("krb5_kt_close", context.handle(), table);
    }
  }

  @Override
  public KerberosLogin byCache(@Nullable String principal, @Nullable String cache)
      throws KerberosException {
    if (cache != null) {
      LocalFiles.cache(cache);
    }
    return SystemLogin.ofCache(context(), principal, cache);
  }

  @Override
  public GssContext acceptor(String keytab) throws KerberosException {
    LocalFiles.keytab(keytab);
    CLibrary gss = Libgssapi.found().library();
    if (gss == null) {
      throw new KerberosException(
          KerberosFault.UNAVAILABLE,
          "the system's GSS-API cannot be used: " + Libgssapi.found().why() + "; take the JDK's");
    }
    try {
      return SystemGssContext.acceptor(gss, keytab);
    } catch (GssException e) {
      throw new KerberosException(KerberosFault.FILE, e.minor(), keytab + ": " + e.detail(), e);
    }
  }
}
