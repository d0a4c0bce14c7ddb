// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.udebug;

import io.rxrpc.cli.spi.Verb;
import io.rxrpc.cli.spi.Verbs;
import java.util.List;

/** Brings {@code udebug}. */
public final class UdebugVerbs implements Verbs {
  @Override
  public List<Verb> verbs() {
    return List.of(new Verb("udebug", 410, UdebugCommand::new));
  }
}
