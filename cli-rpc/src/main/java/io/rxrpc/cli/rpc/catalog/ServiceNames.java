// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.catalog;

import io.rxrpc.cli.rpc.builtin.Catalog;
import java.util.Iterator;

/** The services, for a shell to complete. */
final class ServiceNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Catalog.labels().iterator();
  }
}
