// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.engine.packet.Block;
import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.udp.ReceiveBatch;
import org.jspecify.annotations.Nullable;

/**
 * Lends packet memory to the port while bulk data comes, so that it need not be copied out of the
 * port's own: what a call keeps stays where the system has put it, and the port gets another block.
 * Small packets are copied, as each would keep a whole block. Used under the lock.
 */
final class Lending {
  /** An entry of so many bytes, half a block, is bulk data. */
  private static final int BULK = 32 << 10;

  /** Batches in a row without bulk data after which nothing is lent any more. */
  private static final int PATIENCE = 64;

  private final BufferPool pool;
  private final @Nullable Block[] lent = new Block[ReceiveBatch.DEFAULT_CAPACITY];
  private int held;
  private int without;

  Lending(BufferPool pool) {
    this.pool = pool;
  }

  /** The block in which entry i may stay; null if it is to be copied. */
  @Nullable Block block(ReceiveBatch batch, int i) {
    return i < lent.length && batch.length(i) >= BULK ? lent[i] : null;
  }

  /** Bytes that are lent and in which nothing is. */
  long held() {
    return (long) held * BufferPool.largest();
  }

  /**
   * The engine has had the batch: blocks in which something stays are replaced.
   *
   * @param live whether there are calls
   */
  void settle(ReceiveBatch batch, boolean live) {
    if (!batch.exchanges()) {
      return;
    }
    boolean bulk = false;
    for (int i = 0; i < Math.min(batch.count(), lent.length); i++) {
      Block block = lent[i];
      boolean large = batch.length(i) >= BULK;
      bulk |= large;
      if (block != null ? block.uses > 1 : large) {
        replace(batch, i);
      }
    }
    without = bulk ? 0 : without + 1;
    if (held > 0 && (!live || without > PATIENCE)) {
      for (int i = 0; i < lent.length; i++) {
        giveBack(batch, i);
      }
    }
  }

  private void replace(ReceiveBatch batch, int i) {
    giveBack(batch, i);
    // the other half is for what is copied, so that nothing that is kept whole can use up all
    Block fresh =
        pool.memoryBehindHole() ? pool.take(BufferPool.largest(), BufferPool.Use.RECEIVE) : null;
    if (fresh != null) {
      lent[i] = fresh;
      held++;
      batch.exchange(i, fresh.memory);
    }
  }

  private void giveBack(ReceiveBatch batch, int i) {
    Block block = lent[i];
    if (block != null) {
      lent[i] = null;
      held--;
      batch.exchange(i, null);
      pool.release(block);
    }
  }
}
