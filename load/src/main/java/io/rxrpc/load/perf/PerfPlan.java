// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.perf;

import java.time.Duration;
import java.util.Locale;

/**
 * What a perf run does.
 *
 * @param kind the rxperf operation
 * @param bytes payload of one call: sent, received, or the request of an rpc
 * @param replyBytes reply payload of an rpc, else 0
 * @param calls calls in total
 * @param parallel callers that make one call after the other
 * @param async whether callers are futures, in place of threads that wait
 * @param warmUp how long the same is done before anything is measured; zero for not at all
 */
record PerfPlan(
    Kind kind,
    long bytes,
    long replyBytes,
    long calls,
    int parallel,
    boolean async,
    Duration warmUp) {

  /** The rxperf operations that can be measured. */
  enum Kind {
    SEND,
    RECV,
    RPC;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Payload bytes of one call, both ways. */
  long bytesOfCall() {
    return bytes + replyBytes;
  }

  /** The same for a JVM that is warm. */
  PerfPlan warm() {
    return new PerfPlan(kind, bytes, replyBytes, calls, parallel, async, Duration.ZERO);
  }

  /** What warms up: the same, in calls short enough to stop in time, which alone ends it. */
  PerfPlan ofWarmUp() {
    return new PerfPlan(
        kind,
        Math.min(bytes, 32 << 20),
        Math.min(replyBytes, 32 << 20),
        Long.MAX_VALUE,
        parallel,
        async,
        warmUp);
  }
}
