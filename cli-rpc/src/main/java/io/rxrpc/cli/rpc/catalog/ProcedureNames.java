// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.catalog;

import io.rxrpc.cli.rpc.builtin.BuiltInProcedure;
import io.rxrpc.cli.rpc.builtin.Catalog;
import java.util.Iterator;

/** The procedures of all services, for a shell to complete. */
final class ProcedureNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Catalog.all().stream().map(BuiltInProcedure::label).iterator();
  }
}
