// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * One direction of a call as a stream. Closing it does nothing: the call is closed by its owner.
 */
final class ReadStream extends InputStream {
  /** Where the bytes come from. */
  interface Source {
    int read(byte[] buffer, int offset, int length) throws RxrpcException;

    int atHand();
  }

  private final Source source;
  private final byte[] one = new byte[1];

  ReadStream(Source source) {
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    int n = source.read(one, 0, 1);
    return n < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    return source.read(buffer, offset, length);
  }

  @Override
  public int available() {
    return source.atHand();
  }
}
