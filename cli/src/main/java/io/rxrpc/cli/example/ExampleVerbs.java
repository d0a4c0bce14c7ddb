// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.example;

import io.rxrpc.cli.spi.Verb;
import io.rxrpc.cli.spi.Verbs;
import java.util.List;

/** Brings {@code example}. */
public final class ExampleVerbs implements Verbs {
  @Override
  public List<Verb> verbs() {
    return List.of(new Verb("example", 310, ExampleCommand::line));
  }
}
