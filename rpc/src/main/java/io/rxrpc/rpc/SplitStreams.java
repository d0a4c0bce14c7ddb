// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import io.rxrpc.RxrpcException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Function;

/** The streams of a split call, with the failures of typed calls. */
final class SplitStreams {
  private SplitStreams() {}

  static final class Request extends OutputStream {
    private final OutputStream to;
    private final Function<RxrpcException, RpcException> failures;

    Request(OutputStream to, Function<RxrpcException, RpcException> failures) {
      this.to = to;
      this.failures = failures;
    }

    @Override
    public void write(int b) throws IOException {
      try {
        to.write(b);
      } catch (RxrpcException e) {
        throw failures.apply(e);
      }
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      try {
        to.write(buffer, offset, length);
      } catch (RxrpcException e) {
        throw failures.apply(e);
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        to.flush();
      } catch (RxrpcException e) {
        throw failures.apply(e);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        to.close();
      } catch (RxrpcException e) {
        throw failures.apply(e);
      }
    }
  }

  static final class Reply extends InputStream {
    private final InputStream from;
    private final Function<RxrpcException, RpcException> failures;

    Reply(InputStream from, Function<RxrpcException, RpcException> failures) {
      this.from = from;
      this.failures = failures;
    }

    @Override
    public int read() throws IOException {
      try {
        return from.read();
      } catch (RxrpcException e) {
        throw failures.apply(e);
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return from.read(buffer, offset, length);
      } catch (RxrpcException e) {
        throw failures.apply(e);
      }
    }

    @Override
    public int available() throws IOException {
      return from.available();
    }
  }
}
