// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The functions of MIT's libkrb5 that are called here, by the signatures of krb5.h. Loaded once and
 * never unloaded. Thread-safe; what its functions give belongs to a context, and a context to a
 * thread.
 */
final class Libkrb5 {
  /** Its name wherever the system keeps it. Heimdal's has another number. */
  static final String NAME = "libkrb5.so.3";

  /** Only MIT has it. */
  private static final String ONLY_MIT = "krb5_init_context_profile";

  /** Only Heimdal has it. */
  private static final String ONLY_HEIMDAL = "heimdal_version";

  private static final FunctionDescriptor VOID_2 = FunctionDescriptor.ofVoid(ADDRESS, ADDRESS);

  /** Every function: its name and type. */
  private static final Map<String, FunctionDescriptor> TYPES =
      Map.ofEntries(
          code("krb5_init_context", ADDRESS),
          code("krb5_init_context_profile", ADDRESS, JAVA_INT, ADDRESS),
          Map.entry("krb5_free_context", FunctionDescriptor.ofVoid(ADDRESS)),
          Map.entry("profile_init_path", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS)),
          Map.entry("profile_release", FunctionDescriptor.ofVoid(ADDRESS)),
          Map.entry("krb5_get_error_message", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT)),
          nothing("krb5_free_error_message"),
          code("krb5_parse_name", ADDRESS, ADDRESS, ADDRESS),
          code("krb5_unparse_name", ADDRESS, ADDRESS, ADDRESS),
          nothing("krb5_free_unparsed_name"),
          nothing("krb5_free_principal"),
          code("krb5_principal_compare", ADDRESS, ADDRESS, ADDRESS),
          code("krb5_cc_default", ADDRESS, ADDRESS),
          code("krb5_cc_resolve", ADDRESS, ADDRESS, ADDRESS),
          code("krb5_cc_get_principal", ADDRESS, ADDRESS, ADDRESS),
          code("krb5_cc_get_full_name", ADDRESS, ADDRESS, ADDRESS),
          nothing("krb5_free_string"),
          code("krb5_cc_new_unique", ADDRESS, ADDRESS, ADDRESS, ADDRESS),
          code("krb5_cc_initialize", ADDRESS, ADDRESS, ADDRESS),
          code("krb5_cc_store_cred", ADDRESS, ADDRESS, ADDRESS),
          code("krb5_cc_close", ADDRESS, ADDRESS),
          code("krb5_cc_destroy", ADDRESS, ADDRESS),
          code("krb5_kt_resolve", ADDRESS, ADDRESS, ADDRESS),
          code("krb5_kt_close", ADDRESS, ADDRESS),
          code(
              "krb5_get_init_creds_password",
              ADDRESS,
              ADDRESS,
              ADDRESS,
              ADDRESS,
              ADDRESS,
              ADDRESS,
              JAVA_INT,
              ADDRESS,
              ADDRESS),
          code(
              "krb5_get_init_creds_keytab",
              ADDRESS,
              ADDRESS,
              ADDRESS,
              ADDRESS,
              JAVA_INT,
              ADDRESS,
              ADDRESS),
          code("krb5_get_init_creds_opt_alloc", ADDRESS, ADDRESS),
          nothing("krb5_get_init_creds_opt_free"),
          code("krb5_get_credentials", ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS),
          nothing("krb5_free_creds"),
          nothing("krb5_free_cred_contents"),
          code("krb5_decode_ticket", ADDRESS, ADDRESS),
          nothing("krb5_free_ticket"),
          code("krb5_get_host_realm", ADDRESS, ADDRESS, ADDRESS),
          nothing("krb5_free_host_realm"));

  /** Why a library cannot be used; the message is for people. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String why) {
      super(why);
    }

    Unusable(String why, Throwable cause) {
      super(why, cause);
    }
  }

  private final Map<String, MethodHandle> functions;

  private Libkrb5(Map<String, MethodHandle> functions) {
    this.functions = functions;
  }

  private static Map.Entry<String, FunctionDescriptor> code(String name, MemoryLayout... types) {
    return Map.entry(name, FunctionDescriptor.of(JAVA_INT, types));
  }

  private static Map.Entry<String, FunctionDescriptor> nothing(String name) {
    return Map.entry(name, VOID_2);
  }

  /** Loads a library by the system's search path, or from a path. */
  @SuppressWarnings("restricted") // what native access is enabled for
  static Libkrb5 load(String name) throws Unusable {
    if (!Libkrb5.class.getModule().isNativeAccessEnabled()) {
      throw new Unusable("native access is not enabled");
    }
    if (ADDRESS.byteSize() != Long.BYTES) {
      throw new Unusable("its structures are known for 64 bits only");
    }
    SymbolLookup symbols;
    try {
      symbols = SymbolLookup.libraryLookup(name, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new Unusable("there is no " + name, e);
    }
    if (symbols.find(ONLY_HEIMDAL).isPresent() || symbols.find(ONLY_MIT).isEmpty()) {
      throw new Unusable(name + " is not MIT Kerberos");
    }
    Linker linker = Linker.nativeLinker();
    Map<String, MethodHandle> functions = new HashMap<>();
    for (Map.Entry<String, FunctionDescriptor> f : TYPES.entrySet()) {
      MemorySegment address =
          symbols
              .find(f.getKey())
              .orElseThrow(() -> new Unusable(name + " has no " + f.getKey() + ": it is too old"));
      functions.put(f.getKey(), linker.downcallHandle(address, f.getValue()));
    }
    return new Libkrb5(Map.copyOf(functions));
  }

  /** Calls a function that returns an error code. */
  int code(String function, Object... arguments) {
    Object result = invoke(function, arguments);
    return result instanceof Long wide ? Math.toIntExact(wide) : (int) result;
  }

  /** Calls a function that returns a pointer. */
  MemorySegment pointer(String function, Object... arguments) {
    return (MemorySegment) invoke(function, arguments);
  }

  /** Calls a function that returns nothing. */
  void free(String function, Object... arguments) {
    invoke(function, arguments);
  }

  @SuppressWarnings("NullAway") // a void function gives null
  private Object invoke(String function, Object... arguments) {
    MethodHandle handle = functions.get(function);
    if (handle == null) {
      throw new IllegalArgumentException("unknown function " + function);
    }
    try {
      return handle.invokeWithArguments(List.of(arguments));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a function of libkrb5 threw", e);
    }
  }
}
