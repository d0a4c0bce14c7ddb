// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.data;

import io.rxrpc.ServerCall;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Services that take and give bulk data, and say how much it was and what its checksum is. */
public final class ChecksumServices {
  private static final int CHUNK = 256 << 10;

  private ChecksumServices() {}

  /** Replies with the length and the checksum of the request. */
  public static void sink(ServerCall call) throws IOException {
    CRC32C checksum = new CRC32C();
    byte[] chunk = new byte[CHUNK];
    long count = 0;
    for (int n = call.read(chunk, 0, CHUNK); n >= 0; n = call.read(chunk, 0, CHUNK)) {
      checksum.update(chunk, 0, n);
      count += n;
    }
    byte[] summary = summary(count, checksum);
    call.endReply(summary);
  }

  /** Sends as many bytes as the request says, then their length and checksum. */
  public static void source(ServerCall call) throws IOException {
    long count = ByteBuffer.wrap(call.readAll(Long.BYTES)).getLong();
    CRC32C checksum = new CRC32C();
    DemoData data = new DemoData(count);
    for (int n = data.next(); n > 0; n = data.next()) {
      checksum.update(data.bytes(), 0, n);
      call.write(data.bytes(), 0, n);
    }
    byte[] summary = summary(count, checksum);
    call.endReply(summary);
  }

  public static byte[] summary(long count, CRC32C checksum) {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(count).putLong(checksum.getValue()).array();
  }
}
