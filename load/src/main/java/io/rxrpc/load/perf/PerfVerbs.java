// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.perf;

import io.rxrpc.cli.spi.Verb;
import io.rxrpc.cli.spi.Verbs;
import java.util.List;

/** Brings {@code perf}. */
public final class PerfVerbs implements Verbs {
  @Override
  public List<Verb> verbs() {
    return List.of(new Verb("perf", 300, PerfCommand::line));
  }
}
