// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.call;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import java.util.HexFormat;
import java.util.Locale;

/** Bytes as hexadecimal text. */
final class HexText {
  private HexText() {}

  /** Reads {@code 00000202}, {@code 0x0000 0202} or {@code 00:00:02:02}. */
  static byte[] parse(String text) throws CommandFailure {
    String digits = text.toLowerCase(Locale.ROOT).replaceAll("[\\s:_,]|0x", "");
    try {
      return HexFormat.of().parseHex(digits);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "--hex '" + text + "' is not an even number of hexadecimal digits", e);
    }
  }
}
