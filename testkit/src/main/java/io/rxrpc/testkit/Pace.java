// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

/**
 * How an application moves its bytes.
 *
 * @param writeChunk bytes handed over at once
 * @param writePause nanoseconds between chunks
 * @param readChunk bytes taken at once
 * @param readPause nanoseconds between them
 */
public record Pace(int writeChunk, long writePause, int readChunk, long readPause) {
  /** As fast as the call takes it. */
  public static final Pace FAST = new Pace(65_536, 0, 65_536, 0);
}
