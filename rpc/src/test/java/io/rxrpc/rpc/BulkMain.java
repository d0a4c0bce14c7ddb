// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import java.io.InputStream;
import java.io.OutputStream;

/** Stores and fetches so many octets by split calls, server and client in this JVM. */
final class BulkMain {
  private BulkMain() {}

  public static void main(String[] args) throws Exception {
    long length = Long.parseLong(args[0]);
    try (SampleEnds ends = SampleEnds.serving(new Office())) {
      byte[] block = new byte[64 << 10];
      java.util.Arrays.fill(block, (byte) 3);
      try (SplitCall<Long> call = ends.sample().store(length)) {
        OutputStream data = call.request();
        for (long left = length; left > 0; left -= block.length) {
          data.write(block, 0, (int) Math.min(left, block.length));
        }
        expect(3 * length, call.end());
      }
      try (SplitCall<Long> call = ends.sample().fetch(length)) {
        InputStream data = call.reply();
        long left = length;
        while (left > 0) {
          int n = data.read(block, 0, (int) Math.min(left, block.length));
          left -= n;
        }
        expect(length, call.end());
      }
      System.out.println("stored and fetched " + length);
    }
  }

  private static void expect(long wanted, long came) {
    if (wanted != came) {
      throw new AssertionError(came + " instead of " + wanted);
    }
  }
}
