// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import io.rxrpc.engine.Call;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.udp.Errno;
import java.lang.foreign.MemorySegment;

/** A client call that sends without end, to measure a path: see {@link SimEndpoint#flow}. */
public final class SimFlow extends Script {
  private static final MemorySegment DATA = MemorySegment.ofArray(new byte[65_536]);

  SimFlow(SimEndpoint owner, Call call) {
    super(owner, call, Pace.FAST);
  }

  @Override
  void pump(long now) {
    while (!ended() && call.completion() == null) {
      int n = (int) DATA.byteSize();
      if (writer.needsGrant() && !writer.grant(n, now)) {
        return;
      }
      try {
        writer.put(DATA, 0, n);
      } catch (SecurityFailure e) {
        call.fail(e.abortCode(), Errno.EKEYREJECTED, "sealing", now);
      }
      writer.commit(now);
    }
    end(now);
  }

  /** {@return the engine's call} */
  public Call call() {
    return call;
  }
}
