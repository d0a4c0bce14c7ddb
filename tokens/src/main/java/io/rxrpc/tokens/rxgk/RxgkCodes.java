// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.rxgk;

/** Errors of rxgk as the draft numbers them, which the negotiation service gives. */
final class RxgkCodes {
  private static final int BASE = 0x4981cb00;

  static final int INCONSISTENCY = BASE;
  static final int BADETYPE = BASE + 3;
  static final int BADLEVEL = BASE + 4;
  static final int EXPIRED = BASE + 6;
  static final int NOTAUTH = BASE + 7;
  static final int BAD_TOKEN = BASE + 8;
  static final int BAD_QOP = BASE + 11;

  private RxgkCodes() {}
}
