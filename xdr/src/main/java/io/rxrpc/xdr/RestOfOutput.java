// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** Octets behind what a writer has encoded. */
final class RestOfOutput extends OutputStream {
  private final XdrWriter output;
  private final byte[] one = new byte[1];

  RestOfOutput(XdrWriter output) {
    this.output = output;
  }

  @Override
  public void write(int b) throws IOException {
    one[0] = (byte) b;
    output.put(one, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, octets.length);
    output.put(octets, offset, length);
  }

  @Override
  public void flush() throws IOException {
    output.flush();
  }

  @Override
  public void close() throws IOException {
    output.flush();
  }
}
