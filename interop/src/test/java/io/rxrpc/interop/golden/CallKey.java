// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.golden;

import io.rxrpc.wire.Header;
import java.lang.foreign.MemorySegment;

/** What tells one call from another within a capture. */
record CallKey(int epoch, int cid, int number) {
  static CallKey of(MemorySegment packet) {
    return new CallKey(
        Header.epoch(packet, 0), Header.cid(packet, 0), Header.callNumber(packet, 0));
  }

  @Override
  public String toString() {
    return Integer.toHexString(cid) + "/" + number;
  }
}
