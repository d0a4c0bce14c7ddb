// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.PacketRun;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.wire.Sequence;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Shows the user data of a phase that a reader has not copied yet, and takes nothing. Used by the
 * thread that reads; {@link #fetch} and {@link #close} need the endpoint's lock, {@link #copy} does
 * not.
 */
public final class PhasePeek {
  private final Call call;
  private final PhaseReader reader;
  private final PacketRun run = new PacketRun();
  private final SealedPacket packet = new SealedPacket();
  private int next;

  /** The last packet that was shown to its end. */
  private int shownTo;

  private boolean begun;
  private boolean full;

  PhasePeek(Call call, PhaseReader reader) {
    this.call = call;
    this.reader = reader;
    shownTo = reader.readTo();
  }

  /** Under the lock: gets hold of packets up to one; false if there is nothing more to show. */
  public boolean fetch(int upTo) {
    if (full) {
      return false;
    }
    if (!begun) {
      call.gear.rx.fetch(run);
      next = 0;
      return run.count() > 0 || reader.partialLength() > 0;
    }
    if (!Sequence.before(shownTo, upTo)) {
      return false;
    }
    call.gear.rx.fetch(run, shownTo);
    next = 0;
    return run.count() > 0;
  }

  /**
   * Unseals what is at hand into the application's memory, up to a packet.
   *
   * @return bytes written
   */
  public int copy(MemorySegment out, long offset, int length, int upTo) throws SecurityFailure {
    int done = 0;
    if (!begun) {
      begun = true;
      done = reader.showPartial(out, offset, length);
      full = done < reader.partialLength();
      shownTo += !full && reader.partialLength() > 0 ? 1 : 0;
    }
    while (!full && next < run.count() && Sequence.beforeOrEqual(run.seq(next), upTo)) {
      int n = run.length(next);
      run.locate(next, call.cid(), call.number(), packet);
      if (length - done >= n) {
        done += call.protection().unseal(packet, out, offset + done);
      } else if (done < length || call.protection().maybeEmpty(n)) {
        byte[] scratch = new byte[Math.max(n, 1)];
        int whole = call.protection().unseal(packet, MemorySegment.ofArray(scratch), 0);
        int taken = Math.min(whole, length - done);
        MemorySegment.copy(MemorySegment.ofArray(scratch), 0, out, offset + done, taken);
        Arrays.fill(scratch, (byte) 0);
        done += taken;
        full = taken < whole;
      } else {
        full = true;
      }
      if (!full) {
        shownTo = run.seq(next++);
      }
    }
    return done;
  }

  /** The last packet of which everything was shown. */
  public int shownTo() {
    return shownTo;
  }

  /** Under the lock: ends it. */
  public void close(long now) {
    reader.peeked(now);
  }
}
