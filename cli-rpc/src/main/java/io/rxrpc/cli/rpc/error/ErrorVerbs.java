// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.error;

import io.rxrpc.cli.spi.Verb;
import io.rxrpc.cli.spi.Verbs;
import java.util.List;

/** Brings {@code error}. */
public final class ErrorVerbs implements Verbs {
  @Override
  public List<Verb> verbs() {
    return List.of(new Verb("error", 230, ErrorCommand::line));
  }
}
