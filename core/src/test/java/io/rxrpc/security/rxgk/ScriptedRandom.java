// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Octets that a test says, again in each batch, and zeros behind them. */
final class ScriptedRandom implements RandomGenerator {
  private final byte[] first;

  ScriptedRandom(byte[] first) {
    this.first = first;
  }

  @Override
  public void nextBytes(byte[] out) {
    Arrays.fill(out, (byte) 0);
    System.arraycopy(first, 0, out, 0, Math.min(first.length, out.length));
  }

  @Override
  public long nextLong() {
    throw new UnsupportedOperationException();
  }
}
