// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.data;

import io.rxrpc.cli.frame.Filling;
import java.nio.ByteBuffer;

/** A long stream of bytes in chunks that all differ, so that a chunk out of place is noticed. */
public final class DemoData {
  private static final int CHUNK = 64 << 10;

  private final byte[] bytes = new byte[CHUNK];
  private final ByteBuffer view = ByteBuffer.wrap(bytes);
  private long left;
  private long number;

  /**
   * @param length of the whole stream
   */
  public DemoData(long length) {
    this.left = length;
    Filling.copy(bytes, 0, CHUNK);
  }

  /** Prepares the next chunk in {@link #bytes}; returns its length, 0 at the end. */
  public int next() {
    int n = (int) Math.min(left, CHUNK);
    left -= n;
    view.putLong(0, number++);
    return n;
  }

  public byte[] bytes() {
    return bytes;
  }
}
