// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** What a reader has not decoded, as a stream. */
final class RestOfInput extends InputStream {
  private final InputWindow input;
  private final byte[] one = new byte[1];

  RestOfInput(InputWindow input) {
    this.input = input;
  }

  @Override
  public int read() throws IOException {
    return input.copyRaw(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, to.length);
    return length == 0 ? 0 : input.copyRaw(to, offset, length);
  }

  @Override
  public int available() throws IOException {
    InputStream source = input.source;
    return input.end - input.at + (source == null ? 0 : source.available());
  }
}
