// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc.sample;

/** {@code sampleKind}. A value that is not in the description survives as {@link Unknown}. */
public sealed interface SampleKind {
  /** {@code SAMPLE_RW}. */
  SampleKind SAMPLE_RW = Known.SAMPLE_RW;

  /** {@code SAMPLE_RO}. */
  SampleKind SAMPLE_RO = Known.SAMPLE_RO;

  /** The number on the wire. */
  int value();

  /**
   * What the description has: {@code switch (kind) { case Known.SAMPLE_RW -> ... case Unknown u ->
   * ... }}.
   */
  enum Known implements SampleKind {
    SAMPLE_RW(0),
    SAMPLE_RO(1);

    private final int value;

    Known(int value) {
      this.value = value;
    }

    @Override
    public int value() {
      return value;
    }
  }

  /** Another value. */
  record Unknown(int value) implements SampleKind {}

  /** The one with this number. */
  static SampleKind of(int value) {
    return switch (value) {
      case 0 -> Known.SAMPLE_RW;
      case 1 -> Known.SAMPLE_RO;
      default -> new Unknown(value);
    };
  }
}
