// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.key;

import io.rxrpc.cli.spi.Verb;
import io.rxrpc.cli.spi.Verbs;
import java.util.List;

/** Brings {@code key}. */
public final class KeyVerbs implements Verbs {
  @Override
  public List<Verb> verbs() {
    return List.of(new Verb("key", 530, KeyCommand::line));
  }
}
