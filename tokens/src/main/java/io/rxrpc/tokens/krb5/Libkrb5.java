// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
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

  private Libkrb5() {}

  private static Map.Entry<String, FunctionDescriptor> code(String name, MemoryLayout... types) {
    return Map.entry(name, FunctionDescriptor.of(JAVA_INT, types));
  }

  private static Map.Entry<String, FunctionDescriptor> nothing(String name) {
    return Map.entry(name, VOID_2);
  }

  /** Loads a library by the system's search path, or from a path. */
  static CLibrary load(String name) throws CLibrary.Unusable {
    SymbolLookup symbols = CLibrary.find(name);
    if (symbols.find(ONLY_HEIMDAL).isPresent() || symbols.find(ONLY_MIT).isEmpty()) {
      throw new CLibrary.Unusable(name + " is not MIT Kerberos");
    }
    return CLibrary.bind(name, symbols, TYPES);
  }
}
