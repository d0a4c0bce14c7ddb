// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.syntax;

import java.util.Set;

/** The words that are no names. */
final class Words {
  /** Those that begin an item, and so end a broken one. */
  static final Set<String> OF_ITEMS =
      Set.of(
          "const",
          "customized",
          "enum",
          "package",
          "prefix",
          "proc",
          "special",
          "splitprefix",
          "startingopcode",
          "statindex",
          "struct",
          "typedef",
          "union");

  /** Names that the compilers of C refuse as names of fields, parameters and types. */
  private static final Set<String> RESERVED =
      Set.of(
          "case",
          "const",
          "customized",
          "default",
          "enum",
          "IN",
          "INOUT",
          "multi",
          "opaque",
          "OUT",
          "package",
          "prefix",
          "proc",
          "special",
          "split",
          "splitprefix",
          "startingopcode",
          "statindex",
          "string",
          "struct",
          "switch",
          "typedef",
          "union",
          "unsigned",
          "void");

  private Words() {}

  static boolean isReserved(String name) {
    return RESERVED.contains(name);
  }
}
