// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.demo;

import io.rxrpc.cli.text.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing that the demo shows.
 *
 * @param family {@code IPv4} or {@code IPv6}
 * @param name what was tried
 * @param ok whether it came out as it should
 * @param text what happened
 * @param nanos how long it took
 */
record DemoStep(String family, String name, boolean ok, String text, long nanos) {
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("family", family);
    json.put("step", name);
    json.put("ok", ok);
    json.put("text", text);
    json.put("seconds", Json.rounded(nanos / 1e9, 6));
    return json;
  }
}
