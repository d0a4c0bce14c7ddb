// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.serve;

import io.rxrpc.ServerCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Moves what a process prints into the reply, by a thread of its own. Until the gate is open,
 * because the request is still coming in, the output is kept.
 */
final class GatedReply implements AutoCloseable {
  private static final int CHUNK = 32 << 10;

  private final Process process;
  private final OutputStream to;
  private final Spool spool;
  private final Thread pump;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean open;
  private @Nullable IOException failure;

  GatedReply(ServerCall call, Process process, long keep) {
    this.process = process;
    this.to = call.reply();
    this.spool = new Spool(keep);
    this.pump = Thread.ofVirtual().name("rxrpc-exec").start(this::pump);
  }

  /** The request is complete: what was kept goes out, and the rest follows as it comes. */
  void open() throws IOException {
    lock.lock();
    try {
      open = true;
      spool.copyTo(to);
      spool.close();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the end of the output; tells whether it came. */
  boolean join(Duration time) throws InterruptedException {
    return pump.join(time);
  }

  /** Why the output ended early, or null. */
  @Nullable IOException failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    spool.close();
  }

  private void pump() {
    byte[] chunk = new byte[CHUNK];
    InputStream stdout = process.getInputStream();
    try {
      for (int n = stdout.read(chunk); n >= 0; n = stdout.read(chunk)) {
        take(chunk, n, stdout.available() == 0 && process.isAlive());
      }
    } catch (IOException e) {
      process.destroy(); // else it waits for us to read, and whoever feeds it waits for it
      lock.lock();
      try {
        failure = e;
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * @param pause whether more may be long in coming
   */
  private void take(byte[] chunk, int length, boolean pause) throws IOException {
    lock.lock();
    try {
      (open ? to : spool).write(chunk, 0, length);
      if (open && pause) {
        to.flush();
      }
    } finally {
      lock.unlock();
    }
  }
}
