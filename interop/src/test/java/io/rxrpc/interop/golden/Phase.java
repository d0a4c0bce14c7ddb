// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.Jumbo;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The DATA packets of one direction of a call, by sequence number. */
final class Phase {
  /** What ours carry. */
  static final int PACKET = 1412;

  private final Map<Integer, byte[]> bySeq = new TreeMap<>();
  private int repeated;
  private int last;

  /** Takes the DATA packets of a datagram, of which a jumbo has several. */
  void add(MemorySegment p) {
    long end = p.byteSize();
    int flags = Header.flags(p, 0);
    int seq = Header.seq(p, 0);
    long data = Header.LENGTH;
    while (true) {
      int length = Jumbo.dataLength(flags, data, end);
      byte[] bytes = p.asSlice(data, length).toArray(ValueLayout.JAVA_BYTE);
      byte[] before = bySeq.putIfAbsent(seq, bytes);
      if (before != null) {
        repeated++;
        assertThat(bytes).as("seq %s again", seq).isEqualTo(before);
      }
      if ((flags & Flags.LAST_PACKET) != 0) {
        assertThat(last).isIn(0, seq);
        last = seq;
      }
      if (!Jumbo.isMore(flags)) {
        return;
      }
      flags = Jumbo.nextFlags(p, data);
      data = Jumbo.nextOffset(data);
      seq++;
    }
  }

  boolean isEmpty() {
    return bySeq.isEmpty();
  }

  /** Whether the last packet and all before it are here. */
  boolean isWhole() {
    return last > 0 && bySeq.size() == last && bySeq.containsKey(1);
  }

  int packets() {
    return bySeq.size();
  }

  int highest() {
    return bySeq.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  int repeated() {
    return repeated;
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    bySeq.values().forEach(out::writeBytes);
    return out.toByteArray();
  }

  /**
   * What to send so that there are as many packets as in the capture: OpenAFS puts up to 1416 bytes
   * into a packet, so a long transfer must lose its tail.
   */
  byte[] refitted() {
    byte[] all = bytes();
    int n = packets();
    boolean same = Math.max(1, (all.length + PACKET - 1) / PACKET) == n;
    return same ? all : Arrays.copyOf(all, (n - 1) * PACKET + PACKET / 2);
  }
}
