// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import io.rxrpc.security.krb.KerberosKey;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Random octets in front of what is encrypted. Drawn from the source in batches, which is cheaper;
 * each is used once and cleared. Not safe for several threads.
 */
final class Confounders {
  private static final int BATCH = 64;

  private final byte[] drawn = new byte[BATCH * KerberosKey.CONFOUNDER];
  private int at = drawn.length;

  void next(RandomGenerator random, byte[] out) {
    if (at == drawn.length) {
      random.nextBytes(drawn);
      at = 0;
    }
    System.arraycopy(drawn, at, out, 0, KerberosKey.CONFOUNDER);
    Arrays.fill(drawn, at, at + KerberosKey.CONFOUNDER, (byte) 0);
    at += KerberosKey.CONFOUNDER;
  }
}
