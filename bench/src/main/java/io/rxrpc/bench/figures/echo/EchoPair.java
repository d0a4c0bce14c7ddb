// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures.echo;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client and a server over loopback whose calls come back as they went: {@value #OCTETS} octets.
 * Safe for all threads.
 */
interface EchoPair extends AutoCloseable {
  /** Octets of a request and of its reply. */
  int OCTETS = 32;

  /**
   * Makes one call and comes back at once.
   *
   * @param then told of the end, with what failed or null, by the thread by which the library does
   */
  void call(Consumer<@Nullable Throwable> then);

  /** Makes one call and waits for its end. */
  void callAndWait() throws IOException;

  @Override
  void close() throws IOException;

  /** What every reply must be. */
  static void check(byte[] reply) throws IOException {
    if (reply.length != OCTETS || reply[OCTETS - 1] != OCTETS) {
      throw new IOException("the reply is not what was sent");
    }
  }

  /** A request, whose last octet tells it. */
  static byte[] request() {
    byte[] request = new byte[OCTETS];
    request[OCTETS - 1] = OCTETS;
    return request;
  }
}
