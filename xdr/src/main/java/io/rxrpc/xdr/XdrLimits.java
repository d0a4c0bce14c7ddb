// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

/**
 * What a reader takes at most, whatever its input claims. Immutable.
 *
 * @param unbounded the most octets or elements of what a description leaves without a bound, {@code
 *
 * @param total the most octets that are decoded of a stream, 1 or more; a reader over memory ends
 *     where the memory ends
 * @param depth how deep structures may nest, 1..500, which a thread's usual stack has room for
 * @param emptyElements the most elements that take no octets at all, in a whole message
 * @param zeroPadding whether the octets that fill opaques and strings up to a word must be zero;
 *     OpenAFS does not look
 */
public record XdrLimits(
    int unbounded, long total, int depth, int emptyElements, boolean zeroPadding) {
  /** The bound of what has none in its description: the reader's limit stands in. */
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  /** 1 Mi octets or elements, 64 MiB in all, 500 levels, 16,384 empty elements, any padding. */
  public static final XdrLimits DEFAULT = new XdrLimits(1 << 20, 64L << 20, 500, 1 << 14, false);

  /** Checks the ranges. */
  public XdrLimits {
    if (unbounded < 0 || total < 1 || depth < 1 || depth > 500 || emptyElements < 0) {
      throw new IllegalArgumentException(
          "limits out of range: unbounded %d, total %d, depth %d, emptyElements %d"
              .formatted(unbounded, total, depth, emptyElements));
    }
  }

  /**
   * With another bound for what has none.
   *
   * @param most the most there may be
   * @return a copy with another bound for what has none
   */
  public XdrLimits withUnbounded(int most) {
    return new XdrLimits(most, total, depth, emptyElements, zeroPadding);
  }

  /**
   * With another bound for all octets of a stream.
   *
   * @param octets how many bytes
   * @return a copy with another bound for all octets of a stream
   */
  public XdrLimits withTotal(long octets) {
    return new XdrLimits(unbounded, octets, depth, emptyElements, zeroPadding);
  }

  /**
   * With another bound for nesting.
   *
   * @param levels how deep values may be nested
   * @return a copy with another bound for nesting
   */
  public XdrLimits withDepth(int levels) {
    return new XdrLimits(unbounded, total, levels, emptyElements, zeroPadding);
  }

  /**
   * With padding that must be zero, or need not be.
   *
   * @param strict whether padding has to be 0
   * @return a copy with padding that must be zero, or need not be
   */
  public XdrLimits withZeroPadding(boolean strict) {
    return new XdrLimits(unbounded, total, depth, emptyElements, strict);
  }

  int bound(int declared) {
    return declared == UNBOUNDED ? unbounded : declared;
  }
}
