// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a command prints, for another thread to wait for. Any thread of the command may print and
 * end: a piped stream would call that a broken pipe.
 */
final class PrintedLines extends OutputStream {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private boolean closed;

  @Override
  public synchronized void write(int octet) {
    printed.write(octet);
    notifyAll();
  }

  @Override
  public synchronized void write(byte[] octets, int from, int length) {
    printed.write(octets, from, length);
    notifyAll();
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** The first line, once it is complete; null if there is none before the end. */
  synchronized @Nullable String first() throws InterruptedException {
    int end = text().indexOf('\n');
    while (end < 0 && !closed) {
      wait();
      end = text().indexOf('\n');
    }
    if (end < 0) {
      return null;
    }
    String line = text().substring(0, end);
    byte[] rest = text().substring(end + 1).getBytes(StandardCharsets.UTF_8);
    printed.reset();
    printed.writeBytes(rest);
    return line;
  }

  /** Everything that was not taken yet, once the command has ended. */
  synchronized String rest() throws InterruptedException {
    while (!closed) {
      wait();
    }
    return text().stripTrailing();
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
