// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxkad.vector;

import io.rxrpc.security.rxkad.WideFcrypt;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Runs the vectors beside the tables in a thread of its own until the compiler has made them
 * faster, which they are not by far before, and has them used only then. Gives up after a while.
 */
final class WarmUp implements Runnable {
  private static final System.Logger LOG = System.getLogger("io.rxrpc.security");
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
  private static final int PACKETS = VectorFcrypt.PACKETS_FROM;
  private static final int LENGTH = 8 * VectorFcrypt.BLOCKS_FROM;

  /** Times in a row that it must be faster: one may be luck. */
  private static final int ROWS = 5;

  private final VectorFcrypt vectors;
  private final WideFcrypt tables;
  private final int[] sums = new int[18];
  private final byte[] byVectors;
  private final byte[] byTables;

  WarmUp(VectorFcrypt vectors, WideFcrypt tables) {
    this.vectors = vectors;
    this.tables = tables;
    Random random = new Random(1);
    byVectors = new byte[PACKETS * LENGTH];
    random.nextBytes(byVectors);
    byTables = byVectors.clone();
    Arrays.setAll(sums, i -> random.nextInt());
  }

  @Override
  public void run() {
    VectorFcryptSource.outcome(isFaster());
  }

  /** Whether it came to be used. */
  private boolean isFaster() {
    long begin = System.nanoTime();
    int faster = 0;
    while (System.nanoTime() - begin < PATIENCE) {
      boolean encrypts = encrypts();
      boolean won = decrypts() && encrypts;
      if (!Arrays.equals(byVectors, byTables)) {
        LOG.log(Level.WARNING, "fcrypt by vectors differs from that by tables, and is not used");
        return false;
      }
      faster = won ? faster + 1 : 0;
      if (faster == ROWS) {
        vectors.ready();
        LOG.log(Level.DEBUG, "fcrypt by vectors is used from now on");
        return true;
      }
    }
    LOG.log(Level.DEBUG, "fcrypt by vectors is no faster here, and is not used");
    return false;
  }

  private boolean encrypts() {
    return time(vectors, byVectors, true) < time(tables, byTables, true);
  }

  private boolean decrypts() {
    return time(vectors, byVectors, false) < time(tables, byTables, false);
  }

  /** Nanoseconds, over what the last time left, so that the data differs. */
  private long time(WideFcrypt fcrypt, byte[] octets, boolean encrypt) {
    MemorySegment memory = MemorySegment.ofArray(octets);
    long begin = System.nanoTime();
    if (encrypt) {
      fcrypt.encrypt(sums, 1, memory, 0, LENGTH, PACKETS, LENGTH);
    } else {
      fcrypt.decrypt(sums, 1, memory, 0, memory, 0, octets.length);
    }
    return System.nanoTime() - begin;
  }
}
