// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** One direction of a call as a stream. */
final class WriteStream extends OutputStream {
  /** Where the bytes go. */
  interface Sink {
    void write(byte[] buffer, int offset, int length) throws RxrpcException;

    void flush() throws RxrpcException;

    void end() throws RxrpcException;
  }

  private final Sink sink;
  private final byte[] one = new byte[1];

  WriteStream(Sink sink) {
    this.sink = sink;
  }

  @Override
  public void write(int b) throws IOException {
    one[0] = (byte) b;
    sink.write(one, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    sink.write(buffer, offset, length);
  }

  @Override
  public void flush() throws IOException {
    sink.flush();
  }

  @Override
  public void close() throws IOException {
    sink.end();
  }
}
