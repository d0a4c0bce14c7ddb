// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import io.rxrpc.afs.dump.DumpException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Octets and numbers of a stream, read ahead in one buffer, and the offset of the next octet. */
final class DumpInput {
  private static final int BUFFER = 32 << 10;

  private final InputStream source;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;

  /** The offset of the buffer's first octet. */
  private long base;

  DumpInput(InputStream source) {
    this.source = source;
  }

  long offset() {
    return base + at;
  }

  private boolean fill() throws IOException {
    base += end;
    at = 0;
    end = 0;
    int n;
    do { // a stream may return nothing without being at its end
      n = source.read(buffer, 0, buffer.length);
    } while (n == 0);
    end = Math.max(n, 0);
    return n > 0;
  }

  /** Whether nothing more comes. */
  boolean atEnd() throws IOException {
    return at == end && !fill();
  }

  /** The next octet, which stays the next one. */
  int peek(String what) throws IOException {
    if (atEnd()) {
      throw ends(what);
    }
    return buffer[at] & 0xff;
  }

  int u8(String what) throws IOException {
    int octet = peek(what);
    at++;
    return octet;
  }

  int i32(String what) throws IOException {
    int number = 0;
    for (int i = 0; i < 4; i++) {
      number = number << 8 | u8(what);
    }
    return number;
  }

  /** Copies so many octets, which are not above a limit already checked. */
  void copy(int octets, ByteArrayOutputStream to, String what) throws IOException {
    int left = octets;
    while (left > 0) {
      if (atEnd()) {
        throw ends(what);
      }
      int n = Math.min(left, end - at);
      to.write(buffer, at, n);
      at += n;
      left -= n;
    }
  }

  /** Some octets, at least one; large reads go past the buffer. */
  int some(byte[] to, int offset, int length, String what) throws IOException {
    if (at == end && length >= BUFFER) {
      int n = source.read(to, offset, length);
      if (n > 0) {
        base += n; // the buffer is empty, so its base is the offset
        return n;
      }
    }
    if (atEnd()) {
      throw ends(what);
    }
    int n = Math.min(length, end - at);
    System.arraycopy(buffer, at, to, offset, n);
    at += n;
    return n;
  }

  /** Passes over at most so many octets; how many, at least one. */
  int skip(long octets, String what) throws IOException {
    if (atEnd()) {
      throw ends(what);
    }
    int n = (int) Math.min(octets, end - at);
    at += n;
    return n;
  }

  private DumpException ends(String what) {
    return new DumpException(Reason.END, offset(), "the dump ends within " + what);
  }

  void close() throws IOException {
    source.close();
  }
}
