// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import java.io.IOException;
import java.io.OutputStream;

/** The data in front of the results of a split call: who closes it has not ended the reply. */
final class ReplyData extends OutputStream {
  private final OutputStream reply;

  ReplyData(OutputStream reply) {
    this.reply = reply;
  }

  @Override
  public void write(int b) throws IOException {
    reply.write(b);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    reply.write(buffer, offset, length);
  }

  @Override
  public void flush() throws IOException {
    reply.flush();
  }

  @Override
  public void close() throws IOException {
    reply.flush();
  }
}
