// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.debug;

import io.rxrpc.cli.spi.Verb;
import io.rxrpc.cli.spi.Verbs;
import java.util.List;

/** Brings {@code debug}. */
public final class DebugVerbs implements Verbs {
  @Override
  public List<Verb> verbs() {
    return List.of(new Verb("debug", 400, DebugCommand::new));
  }
}
