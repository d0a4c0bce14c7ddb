// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.debug;

import io.rxrpc.wire.DebugConnection;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a channel of a connection has: a call, or the memory of one. */
record CallInfo(int channel, int number, int state, int mode, List<String> flags, int queues) {
  private static final int DALLY = 3;
  private static final String[] STATES = {"idle", "precall", "active", "dally", "hold", "reset"};
  private static final String[] MODES = {"", "sending", "receiving", "error", "eof"};
  private static final String[] FLAGS = {
    "reader-wait",
    "window-alloc",
    "window-send",
    "wait-packets",
    "wait-thread",
    "receive-done",
    "cleared",
    "queue-busy"
  };

  static CallInfo of(MemorySegment p, int channel) {
    return new CallInfo(
        channel,
        DebugConnection.callNumber(p, 0, channel),
        DebugConnection.callState(p, 0, channel),
        DebugConnection.callMode(p, 0, channel),
        names(FLAGS, DebugConnection.callFlags(p, 0, channel)),
        DebugConnection.callOther(p, 0, channel));
  }

  /** The names of the bits that are set. */
  static List<String> names(String[] names, int bits) {
    List<String> set = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      if ((bits >> i & 1) != 0) {
        set.add(names[i]);
      }
    }
    return set;
  }

  /** Whether there is no call structure. */
  boolean isIdle() {
    return state == 0;
  }

  /** Whether there is no call, or only the memory of one. */
  boolean isOver() {
    return state == 0 || state == DALLY;
  }

  private String stateName() {
    return state < STATES.length ? STATES[state] : "state-" + state;
  }

  private String modeName() {
    return mode < MODES.length ? MODES[mode] : "mode-" + mode;
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("channel", channel);
    json.put("number", number & 0xffff_ffffL);
    json.put("state", stateName());
    if (!isIdle()) {
      json.put("mode", modeName());
      json.put("flags", flags);
      json.put("input_queued", (queues & 1) != 0);
      json.put("output_queued", (queues & 2) != 0);
    }
    return json;
  }

  /** For example {@code call 5 active, receiving, reader-wait}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("call " + Integer.toUnsignedString(number));
    text.append(' ').append(stateName());
    if (!isIdle()) {
      text.append(modeName().isEmpty() ? "" : ", " + modeName());
      text.append(flags.isEmpty() ? "" : ", " + String.join(" ", flags));
      text.append((queues & 1) == 0 ? "" : ", input queued");
      text.append((queues & 2) == 0 ? "" : ", output queued");
    }
    return text.toString();
  }
}
