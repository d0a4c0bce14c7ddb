// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.Block;
import io.rxrpc.engine.packet.ReceiveQueue;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.Jumbo;
import io.rxrpc.wire.Sequence;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * One DATA packet of a datagram, which may hold several (wire.md section 6). One object serves for
 * all: it goes from packet to packet.
 */
final class ReceivedData {
  private MemorySegment memory = MemorySegment.NULL;
  private @Nullable Block lent;

  /** Where the payload begins, and where the datagram ends. */
  private long at;

  private long end;
  private int seq;
  private int checksum;
  int serial;
  int flags;

  /**
   * The first packet of a datagram, which has the header.
   *
   * @param trusted whether its sender is where it says it is: packets of others could keep more
   *     memory than they are worth, as all of a block is kept for one
   */
  void first(Arrival a, boolean trusted) {
    memory = a.memory();
    lent = trusted ? a.lent() : null;
    seq = Header.seq(memory, a.at());
    serial = a.serial();
    flags = a.flags();
    checksum = Header.checksum(memory, a.at());
    at = a.at() + Header.LENGTH;
    end = a.at() + a.length();
  }

  /** Whether another packet follows in the datagram. */
  boolean isMore() {
    return Jumbo.isMore(flags);
  }

  /** Goes to the packet that follows. */
  void next() {
    flags = Jumbo.nextFlags(memory, at);
    checksum = Jumbo.nextChecksum(memory, at);
    at = Jumbo.nextOffset(at);
    seq++;
    serial = Sequence.nextSerial(serial);
  }

  /** Puts its payload into a queue, if that takes it: each counts against the window. */
  ReceiveQueue.Result insert(ReceiveQueue rx) {
    boolean last = (flags & Flags.LAST_PACKET) != 0;
    return rx.insert(seq, last, memory, at, Jumbo.dataLength(flags, at, end), checksum, lent);
  }
}
