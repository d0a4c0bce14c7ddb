// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.dump;

import io.rxrpc.cli.spi.Verb;
import io.rxrpc.cli.spi.Verbs;
import java.util.List;

/** Brings {@code afsdump}. */
public final class AfsdumpVerbs implements Verbs {
  @Override
  public List<Verb> verbs() {
    return List.of(new Verb("afsdump", 420, AfsdumpCommand::line));
  }
}
