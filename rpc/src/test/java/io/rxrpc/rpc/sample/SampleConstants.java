// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc.sample;

/** The constants of {@code sample.xg}. */
public final class SampleConstants {
  public static final int SAMPLE_NAMELEN = 65;
  public static final int SAMPLE_SERVERS = 13;

  private SampleConstants() {}
}
