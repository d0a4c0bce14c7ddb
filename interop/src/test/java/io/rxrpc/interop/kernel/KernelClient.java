// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.kernel;

import io.rxrpc.interop.kernel.Trial.Protection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls by a guest's kernel, with the program rxcall. */
final class KernelClient {
  private static final Pattern LAST =
      Pattern.compile(
          "calls (\\d+) failed (\\d+) hung (\\d+) wrong (\\d+) octets (\\d+) seconds ([0-9.]+)"
              + " slowest ([0-9.]+)");

  private final Guest guest;

  KernelClient(Guest guest) {
    this.guest = guest;
  }

  /** Echoes. */
  Result run(Trial trial, InetSocketAddress server, int service) throws IOException {
    return run(trial, server, service, "echo", LabKeys.HEX);
  }

  /** The same with another key than the server's. */
  Result runForged(Trial trial, InetSocketAddress server, int service) throws IOException {
    return run(trial, server, service, "echo", LabKeys.OTHER_HEX);
  }

  /** The operations of rxperf: send, or recv. */
  Result bulk(String operation, Trial trial, InetSocketAddress server) throws IOException {
    return run(trial, server, Bulk.SERVICE, operation, LabKeys.HEX);
  }

  private Result run(
      Trial trial, InetSocketAddress server, int service, String operation, String key)
      throws IOException {
    String secured =
        trial.level() == Protection.NONE
            ? ""
            : " -K " + key + " -m " + (trial.level().ordinal() - 1);
    String command =
        String.format(
            Locale.ROOT,
            "rxcall -a %s -p %d -s %d -o %s -l %d -n %d -c %d -w %d%s",
            server.getAddress().getHostAddress(),
            server.getPort(),
            service,
            operation,
            trial.octets(),
            trial.atOnce(),
            trial.calls(),
            Trial.PATIENCE.toSeconds(),
            secured);
    // a call may hang while it is sent, too, and then the program never ends
    Duration limit = Trial.PATIENCE.plusSeconds(10);
    return parse(trial, guest.exec(limit, command));
  }

  private static Result parse(Trial trial, Guest.Outcome outcome) {
    Matcher last = LAST.matcher(outcome.text());
    List<String> notes = new ArrayList<>(outcome.text().lines().toList());
    if (!last.find()) {
      notes.add("rxcall ended with status " + outcome.status());
      int hung = outcome.status() < 0 ? trial.calls() : 0;
      double limit = Trial.PATIENCE.toSeconds();
      return new Result(trial.calls(), trial.calls() - hung, hung, 0, limit, limit, notes);
    }
    notes.removeLast();
    return new Result(
        Integer.parseInt(last.group(1)),
        Integer.parseInt(last.group(2)),
        Integer.parseInt(last.group(3)),
        Integer.parseInt(last.group(4)),
        Double.parseDouble(last.group(6)),
        Double.parseDouble(last.group(7)),
        notes);
  }
}
