// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import java.lang.foreign.MemorySegment;

/** A credential cache of libkrb5, of any type. */
final class Cache implements AutoCloseable {
  private final Context context;
  private final MemorySegment cache;
  private final boolean temporary;

  private Cache(Context context, MemorySegment cache, boolean temporary) {
    this.context = context;
    this.cache = cache;
    this.temporary = temporary;
  }

  /** That of KRB5CCNAME or {@code default_ccache_name}, or what the system was built with. */
  static Cache usual(Context context) throws KerberosException {
    MemorySegment out = context.place();
    context.check(context.library().code("krb5_cc_default", context.handle(), out));
    Cache cache = new Cache(context, Context.pointer(out, 0), false);
    boolean usable = false;
    try {
      LocalFiles.cache(cache.name());
      usable = true;
      return cache;
    } finally {
      if (!usable) {
        cache.close();
      }
    }
  }

  /** A cache by its name; a name without a type is a file. */
  static Cache named(Context context, String name) throws KerberosException {
    MemorySegment out = context.place();
    context.check(
        context.library().code("krb5_cc_resolve", context.handle(), context.text(name), out));
    return new Cache(context, Context.pointer(out, 0), false);
  }

  /** One in memory, which closing clears. */
  static Cache temporary(Context context, MemorySegment owner) throws KerberosException {
    MemorySegment out = context.place();
    context.check(
        context
            .library()
            .code(
                "krb5_cc_new_unique",
                context.handle(),
                context.text("MEMORY"),
                MemorySegment.NULL,
                out));
    Cache made = new Cache(context, Context.pointer(out, 0), true);
    int code = context.library().code("krb5_cc_initialize", context.handle(), made.cache, owner);
    if (code != 0) {
      made.close();
      throw context.failure(code);
    }
    return made;
  }

  MemorySegment handle() {
    return cache;
  }

  /** Its name, with its type. */
  String name() throws KerberosException {
    MemorySegment out = context.place();
    context.check(context.library().code("krb5_cc_get_full_name", context.handle(), cache, out));
    MemorySegment text = Context.pointer(out, 0);
    try {
      return Context.string(text);
    } finally {
      context.library().free("krb5_free_string", context.handle(), text);
    }
  }

  /** Whose it is. */
  String owner() throws KerberosException {
    MemorySegment name = ownerName();
    try {
      return context.text(name);
    } finally {
      context.freeName(name);
    }
  }

  /** Whose it is, for the caller to free. */
  MemorySegment ownerName() throws KerberosException {
    MemorySegment out = context.place();
    context.check(context.library().code("krb5_cc_get_principal", context.handle(), cache, out));
    return Context.pointer(out, 0);
  }

  void store(MemorySegment credentials) throws KerberosException {
    context.check(
        context.library().code("krb5_cc_store_cred", context.handle(), cache, credentials));
  }

  @Override
  public void close() {
    context
        .library()
        .code(temporary ? "krb5_cc_destroy" : "krb5_cc_close", context.handle(), cache);
  }
}
