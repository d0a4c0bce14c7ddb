// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.perf;

import io.rxrpc.cli.text.DurationText;
import io.rxrpc.cli.text.Json;
import io.rxrpc.cli.text.SizeText;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.AbstractHistogram;

/**
 * What a perf run measured.
 *
 * @param plan what was done
 * @param nanos how long all calls took together
 * @param latency of each call in nanoseconds
 * @param retransmits DATA packets sent again, at all endpoints of this process
 * @param cpuNanos processor time of this process meanwhile
 * @param port the kind of UDP port, {@code linux} or {@code nio}
 */
record PerfResult(
    PerfPlan plan,
    long nanos,
    AbstractHistogram latency,
    long retransmits,
    long cpuNanos,
    String port) {

  double seconds() {
    return nanos / 1e9;
  }

  double callsPerSecond() {
    return plan.calls() / seconds();
  }

  /** Payload both ways, 10^6 bytes a second. */
  double megabytesPerSecond() {
    return (double) plan.bytesOfCall() * plan.calls() / 1e6 / seconds();
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("op", plan.kind().label());
    json.put("bytes", plan.bytes());
    json.put("reply_bytes", plan.replyBytes());
    json.put("calls", plan.calls());
    json.put("parallel", plan.parallel());
    json.put("seconds", Json.rounded(seconds(), 6));
    json.put("mb_per_s", Json.rounded(megabytesPerSecond(), 3));
    json.put("calls_per_s", Json.rounded(callsPerSecond(), 3));
    json.put("p50_us", micros(50));
    json.put("p90_us", micros(90));
    json.put("p99_us", micros(99));
    json.put("p999_us", micros(99.9));
    json.put("max_us", micros(100));
    json.put("retransmits", retransmits);
    json.put("cpu_seconds", Json.rounded(cpuNanos / 1e9, 3));
    json.put("port", port);
    return json;
  }

  String text(String target) {
    String what =
        switch (plan.kind()) {
          case SEND -> SizeText.format(plan.bytes()) + " sent by each";
          case RECV -> SizeText.format(plan.bytes()) + " received by each";
          case RPC ->
              SizeText.format(plan.bytes())
                  + " there, "
                  + SizeText.format(plan.replyBytes())
                  + " back";
        };
    return String.format(
        Locale.ROOT,
        """
        %s: %,d call%s, %s, %d at once, to %s (%s port)
          %,.0f calls/s, %,.1f MB/s, in %s
          latency p50 %s, p90 %s, p99 %s, p99.9 %s, max %s
          %,d retransmissions, %.2f s of processor time""",
        plan.kind().label(),
        plan.calls(),
        plan.calls() == 1 ? "" : "s",
        what,
        plan.parallel(),
        target,
        port,
        callsPerSecond(),
        megabytesPerSecond(),
        DurationText.format(nanos),
        percentile(50),
        percentile(90),
        percentile(99),
        percentile(99.9),
        percentile(100),
        retransmits,
        cpuNanos / 1e9);
  }

  private double micros(double percentile) {
    return Json.rounded(latency.getValueAtPercentile(percentile) / 1e3, 1);
  }

  private String percentile(double percentile) {
    return DurationText.format(latency.getValueAtPercentile(percentile));
  }
}
