// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.security.SecurityFailure;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * One end of a call as an application drives it: it writes what it has when there is room and reads
 * what there is, and does either only when an event says so. A lost wake-up is a call that hangs.
 */
final class App {
  final Call call;
  final PhaseWriter writer;
  final PhaseReader reader;
  final ByteArrayOutputStream received = new ByteArrayOutputStream();
  int events;

  boolean received(int event) {
    return (events & event) != 0;
  }

  private byte[] out = new byte[0];
  private int written;
  private boolean finish;

  /** Most bytes of one put or copy. */
  int chunk = 1 << 16;

  /** Whether it reads; one that does not lets the window close. */
  boolean reads = true;

  /** Whether the incoming phase has been read to its end. */
  boolean inputEnded;

  /** Whether its handler has begun the reply. */
  boolean answered;

  @Nullable SecurityFailure failure;

  App(Call call) {
    this.call = call;
    writer = new PhaseWriter(call);
    reader = new PhaseReader(call);
    call.attach(this);
  }

  /** Writes these bytes, and ends the phase behind them if {@code last}. */
  void write(byte[] bytes, boolean last, long now) {
    byte[] all = new byte[out.length - written + bytes.length];
    System.arraycopy(out, written, all, 0, out.length - written);
    System.arraycopy(bytes, 0, all, out.length - written, bytes.length);
    out = all;
    written = 0;
    finish |= last;
    run(now);
  }

  byte[] bytes() {
    return received.toByteArray();
  }

  Completion completion() {
    Completion c = call.completion();
    if (c == null) {
      throw new AssertionError(call + " is not over");
    }
    return c;
  }

  boolean ok() {
    if (failure != null) {
      throw new AssertionError(failure);
    }
    return completion().ok();
  }

  /** Goes on as far as it can. */
  void run(long now) {
    try {
      push(now);
      pull(now);
    } catch (SecurityFailure e) {
      failure = e;
      call.abort(e.abortCode(), now);
    }
  }

  private void push(long now) throws SecurityFailure {
    while (!writer.ended() && (written < out.length || finish)) {
      int left = out.length - written;
      if (writer.needsGrant() && !writer.grant(Math.min(left, chunk), now)) {
        return;
      }
      if (left > 0) {
        written += writer.put(MemorySegment.ofArray(out), written, Math.min(left, chunk));
      } else {
        writer.finish();
      }
    }
    if (!writer.ended() && !writer.needsGrant()) {
      writer.flush(); // an application that waits wants its bytes to go
    }
    writer.commit(now);
  }

  private void pull(long now) throws SecurityFailure {
    byte[] buffer = new byte[Math.min(chunk, 1 << 20)];
    while (reads && !inputEnded && reader.fetch()) {
      int n = reader.copy(MemorySegment.ofArray(buffer), 0, buffer.length);
      received.write(buffer, 0, n);
      reader.release(now);
    }
    inputEnded |= reader.ended();
  }

  /** The application lets go of the call. */
  void release(long now) {
    writer.close();
    reader.close(now);
    call.release(now);
  }
}
