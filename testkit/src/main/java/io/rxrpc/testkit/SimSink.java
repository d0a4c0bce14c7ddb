// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import io.rxrpc.engine.Call;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.udp.Errno;
import java.lang.foreign.MemorySegment;

/** A served call whose data is counted and thrown away. */
public final class SimSink extends Script {
  private final MemorySegment scratch = MemorySegment.ofArray(new byte[65_536]);
  private long bytes;

  SimSink(SimEndpoint owner, Call call) {
    super(owner, call, Pace.FAST);
  }

  @Override
  void pump(long now) {
    while (!ended() && reader.fetch()) {
      try {
        bytes += reader.copy(scratch, 0, (int) scratch.byteSize());
      } catch (SecurityFailure e) {
        call.fail(e.abortCode(), Errno.EKEYREJECTED, "unsealing", now);
      }
      reader.release(now);
    }
    if (call.completion() != null) {
      end(now);
    }
  }

  /** {@return payload bytes that have arrived in order} */
  public long bytes() {
    return bytes;
  }
}
