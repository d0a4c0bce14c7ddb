// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A {@code krb5_context}, which belongs to the thread that made it, with the names and texts that
 * go in and out of libkrb5. It has read the configuration anew.
 */
final class Context implements AutoCloseable {
  private static final long MAX_TEXT = 1 << 20;

  private final CLibrary library;
  private final Arena arena = Arena.ofConfined();
  private MemorySegment context = MemorySegment.NULL;

  private Context(CLibrary library) {
    this.library = library;
  }

  /**
   * @param configuration or null: what the environment says
   */
  static Context open(CLibrary library, @Nullable Path configuration) throws KerberosException {
    Context made = new Context(library);
    boolean usable = false;
    try {
      made.initialize(configuration);
      usable = true;
      return made;
    } finally {
      if (!usable) {
        made.close();
      }
    }
  }

  private void initialize(@Nullable Path configuration) throws KerberosException {
    MemorySegment out = arena.allocate(ADDRESS);
    int code;
    if (configuration == null) {
      code = library.code("krb5_init_context", out);
    } else {
      MemorySegment profile = arena.allocate(ADDRESS);
      code = library.code("profile_init_path", text(configuration.toString()), profile);
      if (code == 0) {
        MemorySegment made = profile.get(ADDRESS, 0);
        code = library.code("krb5_init_context_profile", made, 0, out); // it copies
        library.free("profile_release", made);
      }
    }
    if (code != 0) {
      throw new KerberosException(
          KerberosFault.FILE,
          code,
          "krb5.conf (KRB5_CONFIG) cannot be used: " + message(MemorySegment.NULL, code),
          null);
    }
    context = out.get(ADDRESS, 0);
  }

  CLibrary library() {
    return library;
  }

  /** What functions take as their first argument. */
  MemorySegment handle() {
    return context;
  }

  /** Memory for as long as this context lives; the C side does not free it. */
  MemorySegment allocate(long size) {
    return arena.allocate(size, Long.BYTES);
  }

  MemorySegment text(String text) {
    return arena.allocateFrom(text, StandardCharsets.UTF_8);
  }

  /** Throws unless a function returned 0. */
  void check(int code) throws KerberosException {
    if (code != 0) {
      throw failure(code);
    }
  }

  /** What a code means, in libkrb5's words. */
  KerberosException failure(int code) {
    KerberosFault fault = ErrorCodes.ofLibrary(code);
    String text = message(context, code);
    if (ErrorCodes.isConfiguration(code)) {
      text = "krb5.conf (KRB5_CONFIG) cannot be used: " + text;
    } else if (ErrorCodes.isOfCache(code)) {
      text =
          "the credential cache or keytab cannot be used: "
              + text
              + "; see KRB5CCNAME, and default_ccache_name in krb5.conf";
    }
    return new KerberosException(fault, ErrorCodes.number(code), text, null);
  }

  private String message(MemorySegment of, int code) {
    MemorySegment text = library.pointer("krb5_get_error_message", of, code);
    try {
      // C's word for a variable that is not set tells nobody anything
      return string(text).replace("(null)", "none") + " (" + ErrorCodes.number(code) + ")";
    } finally {
      library.free("krb5_free_error_message", of, text);
    }
  }

  /** A text of C's, or an empty one for a null pointer. */
  static String string(MemorySegment text) {
    return text.address() == 0 ? "" : sized(text, MAX_TEXT).getString(0, StandardCharsets.UTF_8);
  }

  /** A pointer as memory that can be read. */
  @SuppressWarnings("restricted") // the size is krb5.h's
  static MemorySegment sized(MemorySegment pointer, long size) {
    return pointer.reinterpret(size);
  }

  /** The pointer at an offset. */
  static MemorySegment pointer(MemorySegment structure, long offset) {
    return structure.get(ADDRESS, offset);
  }

  /** Where a function puts a pointer. */
  MemorySegment place() {
    return arena.allocate(ADDRESS);
  }

  /** A name that the caller frees by {@link #freeName}. */
  MemorySegment name(String principal) throws KerberosException {
    MemorySegment out = place();
    check(library.code("krb5_parse_name", context, text(principal), out));
    return out.get(ADDRESS, 0);
  }

  void freeName(MemorySegment name) {
    if (name.address() != 0) {
      library.free("krb5_free_principal", context, name);
    }
  }

  /** A name as text. */
  String text(MemorySegment name) throws KerberosException {
    MemorySegment out = place();
    check(library.code("krb5_unparse_name", context, name, out));
    MemorySegment made = out.get(ADDRESS, 0);
    try {
      return string(made);
    } finally {
      library.free("krb5_free_unparsed_name", context, made);
    }
  }

  /** Copies bytes of C's. */
  static byte[] bytes(MemorySegment data, int length) {
    return length == 0 ? new byte[0] : sized(data, length).toArray(JAVA_BYTE);
  }

  @Override
  public void close() {
    if (context.address() != 0) {
      library.free("krb5_free_context", context);
      context = MemorySegment.NULL;
    }
    arena.close();
  }
}
