// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.call;

import java.io.OutputStream;
import java.io.PrintStream;

/** Writes what it is given as a hex dump: offset, 16 bytes, and the printable ones as text. */
final class HexDump extends OutputStream {
  private static final int WIDTH = 16;
  private static final char[] DIGITS = "0123456789abcdef".toCharArray();

  private final PrintStream out;
  private final byte[] row = new byte[WIDTH];
  private int filled;
  private long offset;

  HexDump(PrintStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) {
    row[filled++] = (byte) b;
    if (filled == WIDTH) {
      printRow();
    }
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      write(bytes[i]);
    }
  }

  /** Prints the last, short row. */
  @Override
  public void close() {
    if (filled > 0) {
      printRow();
    }
    out.flush();
  }

  private void printRow() {
    StringBuilder line = new StringBuilder(80);
    for (int shift = 28; shift >= 0; shift -= 4) {
      line.append(DIGITS[(int) (offset >>> shift) & 15]);
    }
    line.append(' ');
    for (int i = 0; i < WIDTH; i++) {
      line.append(i == WIDTH / 2 ? "  " : " ");
      if (i < filled) {
        line.append(DIGITS[(row[i] >> 4) & 15]).append(DIGITS[row[i] & 15]);
      } else {
        line.append("  ");
      }
    }
    line.append("  |");
    for (int i = 0; i < filled; i++) {
      line.append(row[i] >= ' ' && row[i] < 0x7f ? (char) row[i] : '.');
    }
    out.println(line.append('|'));
    offset += filled;
    filled = 0;
  }
}
