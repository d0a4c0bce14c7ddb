// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;

/** One direction of a call as a channel. Closing it ends what is written. */
final class WriteChannel implements WritableByteChannel {
  private final CallPipe pipe;
  private volatile boolean closed;

  WriteChannel(CallPipe pipe) {
    this.pipe = pipe;
  }

  @Override
  public int write(ByteBuffer buffer) throws ClosedChannelException, RxrpcException {
    if (closed) {
      throw new ClosedChannelException();
    }
    int n = buffer.remaining();
    pipe.write(buffer);
    return n;
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public void close() throws RxrpcException {
    closed = true;
    pipe.end();
  }
}
