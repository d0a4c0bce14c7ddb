// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.error;

/** From a number to the name of its com_err table: {@link io.rxrpc.rpc.ErrorTable#base} back. */
final class TableName {
  private static final String DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";

  private TableName() {}

  /** No name gives numbers this near to 0 on either side; Rx's own are there. */
  private static final int SMALL = 1 << 16;

  static String of(int value) {
    if (value < 0 && value > -SMALL) {
      return "";
    }
    StringBuilder name = new StringBuilder();
    for (int rest = value >>> 8; rest != 0; rest >>>= 6) {
      int digit = rest & 0x3f;
      if (digit == 0 || name.length() == 4) {
        return "";
      }
      name.insert(0, DIGITS.charAt(digit - 1));
    }
    return name.toString();
  }
}
