// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

/**
 * A vnode's data comes next: the reader's or the writer's {@code data()} has it.
 *
 * @param length how many octets, 0 or more
 * @param wide whether the length has 64 bits in the stream
 */
public record VnodeData(long length, boolean wide) implements DumpEvent {
  private static final long NARROW = 0xffff_ffffL;

  /** Checks that the length has room. */
  public VnodeData {
    if (length < 0 || (!wide && length > NARROW)) {
      throw new IllegalArgumentException("length " + length + (wide ? "" : " in 32 bits"));
    }
  }

  /**
   * With 32 bits where the length has room there, as servers write it.
   *
   * @param length how many bytes
   * @return the options
   */
  public static VnodeData of(long length) {
    return new VnodeData(length, length > NARROW);
  }
}
