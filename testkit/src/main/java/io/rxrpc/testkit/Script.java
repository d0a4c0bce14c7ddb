// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import io.rxrpc.engine.Call;
import io.rxrpc.engine.Completion;
import io.rxrpc.engine.PhaseReader;
import io.rxrpc.engine.PhaseWriter;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.udp.Errno;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An application's side of one call in virtual time: moves bytes whenever it is woken. */
abstract class Script {
  final SimEndpoint owner;
  final Call call;
  final PhaseWriter writer;
  final PhaseReader reader;
  private final byte[] scratch;

  private byte[] received = new byte[64];
  private int receivedLength;
  private byte @Nullable [] toWrite;
  private int written;

  /** When a pause ends; never, while there is none. */
  private long writeAt = Long.MAX_VALUE;

  private long readAt = Long.MAX_VALUE;
  private Pace writePace = Pace.FAST;
  private final Pace readPace;
  private boolean deaf;
  private boolean ended;

  Script(SimEndpoint owner, Call call, Pace readPace) {
    this.owner = owner;
    this.call = call;
    this.readPace = readPace;
    writer = new PhaseWriter(call);
    reader = new PhaseReader(call);
    scratch = new byte[readPace.readChunk()];
  }

  /** What was received so far; {@link #receivedLength} bytes of it. */
  final byte[] received() {
    return received;
  }

  final int receivedLength() {
    return receivedLength;
  }

  /** Begins to write a phase. */
  final void write(byte[] bytes, Pace pace) {
    toWrite = bytes;
    writePace = pace;
  }

  /** Goes on with what there is to do. */
  abstract void pump(long now);

  /** When it wants to be pumped without an event. */
  long wakeAt() {
    return ended ? Long.MAX_VALUE : Math.min(writeAt, deaf ? Long.MAX_VALUE : readAt);
  }

  final boolean ended() {
    return ended;
  }

  /** Writes as much as the call takes. */
  final void pumpWriter(long now) {
    byte[] bytes = toWrite;
    if (writeAt <= now || call.completion() != null) {
      writeAt = Long.MAX_VALUE;
    }
    while (bytes != null
        && !writer.ended()
        && writeAt == Long.MAX_VALUE
        && call.completion() == null) {
      int n = Math.min(bytes.length - written, writePace.writeChunk());
      if (writer.needsGrant() && !writer.grant(n, now)) {
        return;
      }
      try {
        int taken = writer.put(MemorySegment.ofArray(bytes), written, n);
        written += taken;
        if (written == bytes.length && !writer.needsGrant()) {
          writer.finish();
        }
        if (taken == n && writePace.writePause() > 0 && !writer.ended()) {
          writer.flush();
          writeAt = now + writePace.writePause();
        }
      } catch (SecurityFailure e) {
        call.fail(e.abortCode(), Errno.EKEYREJECTED, "sealing", now);
      }
      writer.commit(now);
    }
  }

  /** Reads what is there. */
  final void pumpReader(long now) {
    if (readAt <= now) {
      readAt = Long.MAX_VALUE;
    }
    while (readAt == Long.MAX_VALUE && reader.fetch()) {
      int n;
      try {
        n = reader.copy(MemorySegment.ofArray(scratch), 0, scratch.length);
      } catch (SecurityFailure e) {
        call.fail(e.abortCode(), Errno.EKEYREJECTED, "unsealing", now);
        reader.close(now);
        unreadable(e);
        return;
      }
      owner.saboteur().read(scratch, n);
      append(n);
      reader.release(now);
      if (readPace.readPause() > 0) {
        readAt = now + readPace.readPause();
      }
      progressed(now);
    }
  }

  private void append(int n) {
    if (receivedLength + n > received.length) {
      received = Arrays.copyOf(received, Math.max(receivedLength + n, received.length * 2));
    }
    System.arraycopy(scratch, 0, received, receivedLength, n);
    receivedLength += n;
  }

  /** What else comes is not wanted. */
  final void stopReading() {
    deaf = true;
    readAt = Long.MAX_VALUE;
  }

  /** More has been received. */
  void progressed(long now) {}

  /** A packet could not be unsealed: the call failed. */
  void unreadable(SecurityFailure why) {}

  /** Lets the call go. */
  final void end(long now) {
    if (!ended) {
      ended = true;
      writer.close();
      reader.close(now);
      call.release(now);
    }
  }

  final @Nullable Completion completion() {
    return call.completion();
  }
}
