// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.soak;

import io.rxrpc.cli.spi.Verb;
import io.rxrpc.cli.spi.Verbs;
import java.util.List;

/** Brings {@code soak}. */
public final class SoakVerbs implements Verbs {
  @Override
  public List<Verb> verbs() {
    return List.of(new Verb("soak", 320, SoakCommand::new));
  }
}
