// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.serve;

import io.rxrpc.cli.text.SizeText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps bytes until they may be sent: few in memory, more in a temporary file.
 *
 * <p>A server must not reply before it has the whole request (the first reply packet tells the
 * client that all of it arrived, calls.md 5), so what echoes a request has to keep it.
 */
final class Spool extends OutputStream {
  private static final int IN_MEMORY = 256 << 10;
  private static final int CHUNK = 64 << 10;

  private final long limit;
  private byte[] memory = new byte[1 << 10];
  private int inMemory;
  private @Nullable FileChannel file;
  private long size;

  /**
   * @param limit bytes beyond which {@link #write} fails: the peer must not fill our disk
   */
  Spool(long limit) {
    this.limit = limit;
  }

  long size() {
    return size;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (size + length > limit) {
      throw new SpoolFullException(limit);
    }
    size += length;
    FileChannel f = file;
    if (f == null && inMemory + length <= IN_MEMORY) {
      if (inMemory + length > memory.length) {
        memory = Arrays.copyOf(memory, Math.max(inMemory + length, memory.length * 4));
      }
      System.arraycopy(bytes, offset, memory, inMemory, length);
      inMemory += length;
      return;
    }
    if (f == null) {
      f = create();
      file = f;
      writeFully(f, ByteBuffer.wrap(memory, 0, inMemory));
    }
    writeFully(f, ByteBuffer.wrap(bytes, offset, length));
  }

  /** Writes everything to another stream; the spool stays as it is. */
  void copyTo(OutputStream out) throws IOException {
    FileChannel f = file;
    if (f == null) {
      out.write(memory, 0, inMemory);
      return;
    }
    byte[] chunk = new byte[CHUNK];
    ByteBuffer buffer = ByteBuffer.wrap(chunk);
    long position = 0;
    while (position < size) {
      buffer.clear();
      int n = f.read(buffer, position);
      if (n < 0) {
        throw new IOException("the temporary file became shorter");
      }
      out.write(chunk, 0, n);
      position += n;
    }
  }

  @Override
  public void close() throws IOException {
    FileChannel f = file;
    if (f != null) {
      f.close();
    }
  }

  private static FileChannel create() throws IOException {
    Path path = Files.createTempFile("rxrpc-", ".spool"); // made readable to its owner only
    return FileChannel.open(
        path,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** More came than the spool may keep. */
  static final class SpoolFullException extends IOException {
    private static final long serialVersionUID = 1L;

    SpoolFullException(long limit) {
      super("more than " + SizeText.format(limit) + " in one call (--keep sets the limit)");
    }
  }
}
