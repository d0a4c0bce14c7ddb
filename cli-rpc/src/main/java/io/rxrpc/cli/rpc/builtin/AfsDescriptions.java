// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.builtin;

import io.rxrpc.afs.BuiltInService;
import io.rxrpc.afs.error.AfsErrors;
import io.rxrpc.afs.error.ErrorFamily;
import io.rxrpc.cli.spi.ServiceDescriptions;
import io.rxrpc.rpc.ErrorCode;
import io.rxrpc.rpc.ErrorTables;
import io.rxrpc.rxgen.model.Description;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives {@code call} and {@code serve} the descriptions of the services of AFS. */
public final class AfsDescriptions implements ServiceDescriptions {
  @Override
  public List<Description> of(String service, int port, int id) {
    BuiltInService named = BuiltInService.find(service);
    if (named != null) {
      return List.of(BuiltInDescriptions.of(named));
    }
    // Three services have the id 1: it is their ports that tell them apart.
    List<BuiltInService> meant = BuiltInService.withId(id);
    List<BuiltInService> there = meant.stream().filter(s -> s.service().port() == port).toList();
    return (there.isEmpty() ? meant : there).stream().map(BuiltInDescriptions::of).toList();
  }

  /** The likeliest meaning of every code: a small number may also be the errno of its system. */
  @Override
  public ErrorTables errors() {
    Map<Integer, ErrorCode> likely = new LinkedHashMap<>();
    for (ErrorFamily family : AfsErrors.families()) {
      for (ErrorCode code : family.codes()) {
        if (!code.name().isEmpty()) {
          likely.putIfAbsent(code.value(), code);
        }
      }
    }
    return ErrorTables.RX.with(likely.values());
  }

  @Override
  public List<String> procedures() {
    return Catalog.all().stream().map(p -> p.model().name()).distinct().toList();
  }
}
