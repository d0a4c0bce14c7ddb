// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.catalog;

import io.rxrpc.cli.spi.Verb;
import io.rxrpc.cli.spi.Verbs;
import java.util.List;

/** Brings {@code rpc}. */
public final class RpcVerbs implements Verbs {
  @Override
  public List<Verb> verbs() {
    return List.of(new Verb("rpc", 220, RpcCommand::line));
  }
}
