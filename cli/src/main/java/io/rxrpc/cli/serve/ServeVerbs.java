// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.serve;

import io.rxrpc.cli.spi.Verb;
import io.rxrpc.cli.spi.Verbs;
import java.util.List;

/** Brings {@code serve}. */
public final class ServeVerbs implements Verbs {
  @Override
  public List<Verb> verbs() {
    return List.of(new Verb("serve", 210, ServeCommand::new));
  }
}
