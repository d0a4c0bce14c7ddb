// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.token;

import io.rxrpc.cli.spi.Verb;
import io.rxrpc.cli.spi.Verbs;
import java.util.List;

/** Brings {@code klog}, {@code tokens} and {@code unlog}. */
public final class TokenVerbs implements Verbs {
  @Override
  public List<Verb> verbs() {
    return List.of(
        new Verb("klog", 500, KlogCommand::new),
        new Verb("tokens", 510, TokensCommand::new),
        new Verb("unlog", 520, UnlogCommand::new));
  }
}
