// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The real system calls, but sendmmsg answers as told: what loopback never does by itself. */
final class FaultyCalls extends LinuxCalls {

  /** Answers of the next calls: a negative errno, or how many messages to let pass. */
  final Deque<Integer> script = new ArrayDeque<>();

  /** Whether a call with a train fails with this errno; 0 for none. */
  int trainErrno;

  /** The socket options set, as "level/option=value", those refused with a "!" behind them. */
  final List<String> options = new ArrayList<>();

  int sendCalls;
  int sentMessages;

  @Override
  int sendmmsg(MemorySegment errno, int fd, long messages, int count, int flags) {
    sendCalls++;
    Integer answer = script.poll();
    int passed = count;
    if (answer != null) {
      if (answer < 0) {
        return answer;
      }
      passed = Math.min(answer, count);
    }
    if (trainErrno != 0) {
      int single = 0;
      while (single < passed && !isTrain(messages, single)) {
        single++;
      }
      if (single == 0) {
        return -trainErrno;
      }
      passed = single;
    }
    int sent = super.sendmmsg(errno, fd, messages, passed, flags);
    sentMessages += Math.max(sent, 0);
    return sent;
  }

  @Override
  @SuppressWarnings("restricted")
  int setsockopt(MemorySegment errno, int fd, int level, int option, long value, int length) {
    int result = super.setsockopt(errno, fd, level, option, value, length);
    int set = MemorySegment.ofAddress(value).reinterpret(Integer.BYTES).get(JAVA_INT, 0);
    options.add(level + "/" + option + "=" + set + (result < 0 ? "!" : ""));
    return result;
  }

  /** Whether the message carries UDP_SEGMENT; the tests using this give no local address. */
  @SuppressWarnings("restricted")
  private static boolean isTrain(long messages, int index) {
    return MemorySegment.ofAddress(messages + (long) index * Linux.MMSGHDR)
            .reinterpret(Linux.MMSGHDR)
            .get(JAVA_LONG, Linux.MSG_CONTROLLEN)
        > 0;
  }
}
