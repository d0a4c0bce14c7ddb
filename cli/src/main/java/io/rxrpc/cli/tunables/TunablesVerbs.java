// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.tunables;

import io.rxrpc.cli.spi.Verb;
import io.rxrpc.cli.spi.Verbs;
import java.util.List;

/** Brings {@code tunables}. */
public final class TunablesVerbs implements Verbs {
  @Override
  public List<Verb> verbs() {
    return List.of(new Verb("tunables", 600, TunablesCommand::new));
  }
}
