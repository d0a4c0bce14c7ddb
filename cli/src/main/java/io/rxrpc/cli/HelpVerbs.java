// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli;

import io.rxrpc.cli.spi.Verb;
import io.rxrpc.cli.spi.Verbs;
import java.util.List;

/** Brings {@code completion} and {@code help}. */
public final class HelpVerbs implements Verbs {
  @Override
  public List<Verb> verbs() {
    return List.of(
        new Verb("completion", 900, CompletionCommand::new),
        new Verb("help", 910, HelpCommand::new));
  }
}
