// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.frame;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Remembers what a PrintStream above it forgets: why a write failed. */
public final class WatchedOutput extends OutputStream {
  private final OutputStream target;
  private volatile @Nullable IOException failure;

  /** Writes there. */
  public WatchedOutput(OutputStream target) {
    this.target = target;
  }

  /** The first failure, or null. */
  public @Nullable IOException failure() {
    return failure;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      target.write(bytes, offset, length);
    } catch (IOException e) {
      if (failure == null) {
        failure = e;
      }
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    target.close();
  }
}
