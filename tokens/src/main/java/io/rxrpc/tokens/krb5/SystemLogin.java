// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A login of libkrb5: a context, and a cache that has a ticket-granting ticket. */
final class SystemLogin implements KerberosLogin {
  /** {@code KRB5_GC_NO_STORE}: what is asked for is not put into the cache. */
  private static final int NO_STORE = 8;

  /** {@code KRB5_NT_UNKNOWN}: MIT's KDC refers to another realm with this type of a name only. */
  private static final int ANY_TYPE = 0;

  private static final long ONE_POINTER = 8;

  /** A function that gets a first ticket into credentials, and returns a code. */
  @FunctionalInterface
  interface First {
    int ask(Context context, MemorySegment name, MemorySegment credentials, MemorySegment options)
        throws KerberosException;
  }

  private final Context context;
  private final CLibrary library;
  private final Cache cache;
  private final String client;

  /** Caches of contexts of GSS-API. */
  private final List<Cache> singles = new ArrayList<>();

  private SystemLogin(Context context, Cache cache, String client) {
    this.context = context;
    this.library = context.library();
    this.cache = cache;
    this.client = client;
  }

  /** With a first ticket from the KDC. Closes the context if it fails. */
  static SystemLogin initial(Context context, String principal, First first)
      throws KerberosException {
    SystemLogin login = null;
    try {
      login = ask(context, principal, first);
      return login;
    } finally {
      if (login == null) {
        context.close();
      }
    }
  }

  private static SystemLogin ask(Context context, String principal, First first)
      throws KerberosException {
    CLibrary library = context.library();
    MemorySegment credentials = context.allocate(Layout.CREDS_SIZE); // zeroes
    MemorySegment name = context.name(principal);
    try {
      MemorySegment out = context.place();
      context.check(library.code("krb5_get_init_creds_opt_alloc", context.handle(), out));
      MemorySegment options = Context.pointer(out, 0);
      try {
        context.check(first.ask(context, name, credentials, options));
      } finally {
        library.free("krb5_get_init_creds_opt_free", context.handle(), options);
      }
      MemorySegment owner = Context.pointer(credentials, Layout.CREDS_CLIENT);
      Cache cache = Cache.temporary(context, owner);
      boolean usable = false;
      try {
        cache.store(credentials);
        SystemLogin login = new SystemLogin(context, cache, context.text(owner));
        usable = true;
        return login;
      } finally {
        if (!usable) {
          cache.close();
        }
      }
    } finally {
      library.free("krb5_free_cred_contents", context.handle(), credentials); // clears its key
      context.freeName(name);
    }
  }

  /** With the tickets of a cache. Closes the context if it fails. */
  static SystemLogin ofCache(Context context, @Nullable String principal, @Nullable String name)
      throws KerberosException {
    Cache cache = null;
    SystemLogin login = null;
    try {
      cache = name == null ? Cache.usual(context) : Cache.named(context, name);
      String owner = cache.owner();
      if (principal != null) {
        checkOwner(context, cache, principal);
      }
      login = new SystemLogin(context, cache, owner);
      return login;
    } finally {
      if (login == null) {
        if (cache != null) {
          cache.close();
        }
        context.close();
      }
    }
  }

  private static void checkOwner(Context context, Cache cache, String principal)
      throws KerberosException {
    MemorySegment owner = cache.ownerName();
    try {
      MemorySegment wanted = context.name(principal);
      try {
        boolean same =
            context.library().code("krb5_principal_compare", context.handle(), owner, wanted) != 0;
        if (!same) {
          throw new KerberosException(KerberosFault.OTHER_OWNER, context.text(owner));
        }
      } finally {
        context.freeName(wanted);
      }
    } finally {
      context.freeName(owner);
    }
  }

  @Override
  public String client() {
    return client;
  }

  @Override
  public ServiceTicket ticket(String service) throws KerberosException {
    MemorySegment credentials = credentials(service);
    try {
      return taken(credentials);
    } finally {
      library.free("krb5_free_creds", context.handle(), credentials); // clears its key
    }
  }

  @Override
  public GssContext initiate(String service) throws KerberosException {
    CLibrary gss = Libgssapi.found().library();
    if (gss == null) {
      throw new KerberosException(
          KerberosFault.UNAVAILABLE,
          "the system's GSS-API cannot be used: " + Libgssapi.found().why() + "; take the JDK's");
    }
    MemorySegment credentials = credentials(service);
    try {
      String name = service(Context.sized(credentials, Layout.CREDS_SIZE));
      Cache single = single(credentials, name);
      return SystemGssContext.initiator(gss, single.name(), name);
    } catch (GssException e) {
      throw new KerberosException(KerberosFault.OTHER, e.minor(), e.detail(), e);
    } finally {
      library.free("krb5_free_creds", context.handle(), credentials);
    }
  }

  /**
   * A cache with nothing but one ticket. GSS-API makes a context of its own, which knows neither
   * our configuration nor our cache; with the ticket at hand it needs no KDC.
   */
  private Cache single(MemorySegment pointer, String name) throws KerberosException {
    MemorySegment creds = Context.sized(pointer, Layout.CREDS_SIZE);
    MemorySegment asked = Context.pointer(creds, Layout.CREDS_SERVER);
    MemorySegment server = context.name(name);
    try {
      Cache single = Cache.temporary(context, Context.pointer(creds, Layout.CREDS_CLIENT));
      singles.add(single);
      creds.set(ADDRESS, Layout.CREDS_SERVER, server);
      single.store(creds);
      return single;
    } finally {
      creds.set(ADDRESS, Layout.CREDS_SERVER, asked);
      context.freeName(server);
    }
  }

  /** What the KDC gives for a service, which the caller frees. */
  private MemorySegment credentials(String service) throws KerberosException {
    MemorySegment wanted = context.allocate(Layout.CREDS_SIZE); // zeroes: any type of key
    MemorySegment owner = cache.ownerName();
    try {
      MemorySegment name = context.name(service);
      try {
        Context.sized(name, Layout.PRINCIPAL_SIZE).set(JAVA_INT, Layout.PRINCIPAL_TYPE, ANY_TYPE);
        wanted.set(ADDRESS, Layout.CREDS_CLIENT, owner);
        wanted.set(ADDRESS, Layout.CREDS_SERVER, name);
        MemorySegment out = context.place();
        int code = ask(0, wanted, out);
        if (ErrorCodes.isOfWriting(code)) { // a cache that others have made for us
          code = ask(NO_STORE, wanted, out);
        }
        context.check(code);
        return Context.pointer(out, 0);
      } finally {
        context.freeName(name);
      }
    } finally {
      context.freeName(owner);
    }
  }

  private int ask(int flags, MemorySegment wanted, MemorySegment out) {
    return library.code(
        "krb5_get_credentials", context.handle(), flags, cache.handle(), wanted, out);
  }

  /** Copies what is needed. */
  private ServiceTicket taken(MemorySegment pointer) throws KerberosException {
    MemorySegment creds = Context.sized(pointer, Layout.CREDS_SIZE);
    long key = Layout.CREDS_KEYBLOCK;
    long times = Layout.CREDS_TIMES;
    int start = creds.get(JAVA_INT, times + Layout.TIMES_START);
    return new ServiceTicket(
        service(creds),
        creds.get(JAVA_INT, key + Layout.KEYBLOCK_ENCTYPE),
        Context.bytes(
            Context.pointer(creds, key + Layout.KEYBLOCK_CONTENTS),
            creds.get(JAVA_INT, key + Layout.KEYBLOCK_LENGTH)),
        Integer.toUnsignedLong(start == 0 ? creds.get(JAVA_INT, times + Layout.TIMES_AUTH) : start),
        Integer.toUnsignedLong(creds.get(JAVA_INT, times + Layout.TIMES_END)),
        Context.bytes(
            Context.pointer(creds, Layout.CREDS_TICKET + Layout.DATA_DATA),
            creds.get(JAVA_INT, Layout.CREDS_TICKET + (long) Layout.DATA_LENGTH)));
  }

  /** Who the ticket is for: a KDC that refers elsewhere leaves the name that was asked for. */
  private String service(MemorySegment creds) throws KerberosException {
    MemorySegment out = context.place();
    MemorySegment encoded = creds.asSlice(Layout.CREDS_TICKET, Layout.DATA_SIZE);
    context.check(library.code("krb5_decode_ticket", encoded, out));
    MemorySegment ticket = Context.sized(Context.pointer(out, 0), Layout.TICKET_SIZE_READ);
    try {
      return context.text(Context.pointer(ticket, Layout.TICKET_SERVER));
    } finally {
      library.free("krb5_free_ticket", context.handle(), ticket);
    }
  }

  @Override
  public String realmOf(String host) throws KerberosException {
    MemorySegment out = context.place();
    int code = library.code("krb5_get_host_realm", context.handle(), context.text(host), out);
    if (code != 0) {
      return "";
    }
    MemorySegment realms = Context.pointer(out, 0);
    if (realms.address() == 0) {
      return "";
    }
    try {
      return Context.string(Context.pointer(Context.sized(realms, ONE_POINTER), 0));
    } finally {
      library.free("krb5_free_host_realm", context.handle(), realms);
    }
  }

  @Override
  public void close() {
    singles.forEach(Cache::close);
    cache.close();
    context.close();
  }
}
