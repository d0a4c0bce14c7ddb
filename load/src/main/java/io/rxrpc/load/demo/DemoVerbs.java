// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.demo;

import io.rxrpc.cli.spi.Verb;
import io.rxrpc.cli.spi.Verbs;
import java.util.List;

/** Brings {@code demo}. */
public final class DemoVerbs implements Verbs {
  @Override
  public List<Verb> verbs() {
    return List.of(new Verb("demo", 100, DemoCommand::new));
  }
}
