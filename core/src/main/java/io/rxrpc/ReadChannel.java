// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;

/**
 * One direction of a call as a channel. Closing it does nothing to the call, which is closed by its
 * owner.
 */
final class ReadChannel implements ReadableByteChannel {
  private final CallPipe pipe;
  private volatile boolean closed;

  ReadChannel(CallPipe pipe) {
    this.pipe = pipe;
  }

  @Override
  public int read(ByteBuffer buffer) throws ClosedChannelException, RxrpcException {
    if (closed) {
      throw new ClosedChannelException();
    }
    return pipe.read(buffer);
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
