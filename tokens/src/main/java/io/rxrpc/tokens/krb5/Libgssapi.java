// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The functions of MIT's libgssapi_krb5 that are called here, by the signatures of gssapi.h and
 * gssapi_ext.h. Each returns a major status and puts a minor one where its first argument points.
 */
final class Libgssapi {
  /** Its name wherever the system keeps it. */
  static final String NAME = "libgssapi_krb5.so.2";

  private static final Map<String, FunctionDescriptor> TYPES =
      Map.ofEntries(
          status("gss_import_name", ADDRESS, ADDRESS, ADDRESS),
          status("gss_release_name", ADDRESS),
          status("gss_export_name", ADDRESS, ADDRESS),
          status("gss_display_name", ADDRESS, ADDRESS, ADDRESS),
          status("gss_display_status", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS),
          status("gss_release_buffer", ADDRESS),
          status(
              "gss_acquire_cred_from",
              ADDRESS,
              JAVA_INT,
              ADDRESS,
              JAVA_INT,
              ADDRESS,
              ADDRESS,
              ADDRESS,
              ADDRESS),
          status("gss_release_cred", ADDRESS),
          status(
              "gss_init_sec_context",
              ADDRESS,
              ADDRESS,
              ADDRESS,
              ADDRESS,
              JAVA_INT,
              JAVA_INT,
              ADDRESS,
              ADDRESS,
              ADDRESS,
              ADDRESS,
              ADDRESS,
              ADDRESS),
          status(
              "gss_accept_sec_context",
              ADDRESS,
              ADDRESS,
              ADDRESS,
              ADDRESS,
              ADDRESS,
              ADDRESS,
              ADDRESS,
              ADDRESS,
              ADDRESS,
              ADDRESS),
          status("gss_delete_sec_context", ADDRESS, ADDRESS),
          status(
              "gss_inquire_context",
              ADDRESS,
              ADDRESS,
              ADDRESS,
              ADDRESS,
              ADDRESS,
              ADDRESS,
              ADDRESS,
              ADDRESS),
          status("gss_wrap", ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS),
          status("gss_unwrap", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS),
          status("gss_get_mic", ADDRESS, JAVA_INT, ADDRESS, ADDRESS),
          status("gss_verify_mic", ADDRESS, ADDRESS, ADDRESS, ADDRESS),
          status("gss_pseudo_random", ADDRESS, JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS));

  /**
   * Whether this machine has it.
   *
   * @param why there is none, if so
   */
  record Found(@Nullable CLibrary library, String why) {
    /** Looks for a library. */
    static Found named(String name) {
      try {
        SymbolLookup symbols = CLibrary.find(name);
        return new Found(CLibrary.bind(name, symbols, TYPES), "");
      } catch (CLibrary.Unusable e) {
        return new Found(null, String.valueOf(e.getMessage()));
      }
    }
  }

  private static final class Once {
    static final Found FOUND = Found.named(NAME);
  }

  private Libgssapi() {}

  static Found found() {
    return Once.FOUND;
  }

  /** A function of GSS-API: a minor status first, then its own arguments. */
  private static Map.Entry<String, FunctionDescriptor> status(String name, MemoryLayout... types) {
    MemoryLayout[] all = new MemoryLayout[types.length + 1];
    all[0] = ADDRESS;
    System.arraycopy(types, 0, all, 1, types.length);
    return Map.entry(name, FunctionDescriptor.of(JAVA_INT, all));
  }
}
