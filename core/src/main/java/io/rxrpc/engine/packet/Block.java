// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.packet;

import java.lang.foreign.MemorySegment;

/** A piece of off-heap packet memory. It goes back to its pool when nobody uses it any more. */
public final class Block {
  public final MemorySegment memory;
  public final BufferPool.Unit unit;

  /** What the block was taken for last. */
  public BufferPool.Use use = BufferPool.Use.CONTROL;

  /** How many packets lie in the block, and how many others hold it. */
  public int uses;

  /** Bytes that were appended, where the block is filled by appending. */
  public int fill;

  public Block(MemorySegment memory, BufferPool.Unit unit) {
    this.memory = memory;
    this.unit = unit;
  }

  /** The memory, valid as long as the caller holds the block. */
  public MemorySegment memory() {
    return memory;
  }

  public int size() {
    return (int) memory.byteSize();
  }
}
