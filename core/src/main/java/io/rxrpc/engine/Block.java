package io.rxrpc.engine;

import java.lang.foreign.MemorySegment;

/** A piece of off-heap packet memory. It goes back to its pool when nobody uses it any more. */
public final class Block {
  final MemorySegment memory;
  final BufferPool.Unit unit;

  /** What the block was taken for last. */
  BufferPool.Use use = BufferPool.Use.CONTROL;

  /** How many packets lie in the block, and how many others hold it. */
  int uses;

  /** Bytes that were appended, where the block is filled by appending. */
  int fill;

  Block(MemorySegment memory, BufferPool.Unit unit) {
    this.memory = memory;
    this.unit = unit;
  }

  /** The memory, valid as long as the caller holds the block. */
  public MemorySegment memory() {
    return memory;
  }

  int size() {
    return (int) memory.byteSize();
  }
}
