// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.keyfile;

import io.rxrpc.security.krb.EnctypeNames;
import io.rxrpc.security.rxkad.ServerKeys;
import java.util.List;

/** How long the keys of encryption types are, and which make tickets. */
final class Enctypes {
  private static final int DES_MAX = 3;

  /** In the order in which tickets are best made: OpenAFS 1.8 knows no SHA-2. */
  private static final List<Integer> FOR_TICKETS = List.of(18, 17, 20, 19, 16, 23);

  /** Weakest first, as OpenAFS prefers them for tokens of rxgk. */
  private static final List<Integer> FOR_TOKENS =
      List.of(24, 2, 1, 3, 23, 16, 25, 17, 19, 26, 18, 20);

  private Enctypes() {}

  /** How much OpenAFS likes it for tokens of rxgk; greater is better. */
  static int strength(int enctype) {
    return FOR_TOKENS.indexOf(enctype);
  }

  /** Of single DES, which rxkad keeps among the keys of classic tickets. */
  static boolean isDes(int enctype) {
    return enctype >= 1 && enctype <= DES_MAX;
  }

  /** How well tickets are made with it, 0 = best; negative: not at all. */
  static int rank(int enctype) {
    return enctype == ServerKeys.DES ? FOR_TICKETS.size() : FOR_TICKETS.indexOf(enctype);
  }

  /** Bytes of a key, or 0 if the type is not known here. */
  static int keyLength(int enctype) {
    return switch (enctype) {
      case ServerKeys.DES, 1, 2, 3 -> 8;
      case 16 -> 24;
      case 17, 19, 23, 25 -> 16;
      case 18, 20, 26 -> 32;
      default -> 0;
    };
  }

  static String name(int enctype) {
    return EnctypeNames.of(enctype);
  }
}
