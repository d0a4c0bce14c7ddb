// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

import io.rxrpc.wire.Sequence;

/**
 * The serials of a server's packets on a connection. They go on while it lives, packets come late
 * by fewer than a million, and a server that is started again begins anywhere: so its data is told
 * from that of its former life, as long as both have not begun at 1 as those of others do.
 */
public final class PeerSerials {
  private static final long FAR = 1 << 20;

  private int latest;
  private int life;

  /** How often the server was started again, as far as its data shows. */
  public int life() {
    return life;
  }

  /** A packet without data came. It may be an answer of one that knows nothing of us. */
  public void other(int serial) {
    if (serial != 0 && near(serial)) {
      advance(serial);
    }
  }

  /** Data came. */
  public void data(int serial) {
    if (near(serial)) {
      advance(serial);
    } else {
      life++;
      latest = serial;
    }
  }

  private void advance(int serial) {
    if (latest == 0 || Sequence.after(serial, latest)) {
      latest = serial;
    }
  }

  private boolean near(int serial) {
    return latest == 0 || Math.abs((long) Sequence.distance(latest, serial)) < FAR;
  }
}
