// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import java.io.ByteArrayInputStream;
import java.util.random.RandomGenerator;

/** A stream that gives what it likes, one octet at least. */
final class Dribble extends ByteArrayInputStream {
  private final RandomGenerator random;

  Dribble(byte[] octets, RandomGenerator random) {
    super(octets);
    this.random = random;
  }

  @Override
  public synchronized int read(byte[] to, int offset, int length) {
    int most = random.nextInt(4) == 0 ? 3 : 3000;
    return super.read(to, offset, Math.min(length, 1 + random.nextInt(most)));
  }
}
