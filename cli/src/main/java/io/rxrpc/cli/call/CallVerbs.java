// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.call;

import io.rxrpc.cli.spi.Verb;
import io.rxrpc.cli.spi.Verbs;
import java.util.List;

/** Brings {@code call}. */
public final class CallVerbs implements Verbs {
  @Override
  public List<Verb> verbs() {
    return List.of(new Verb("call", 200, CallCommand::new));
  }
}
