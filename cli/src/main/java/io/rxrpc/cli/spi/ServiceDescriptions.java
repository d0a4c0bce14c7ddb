// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.spi;

import io.rxrpc.rpc.ErrorTables;
import io.rxrpc.rxgen.model.Description;
import java.util.List;

/**
 * Services that a module has descriptions of: their procedures are called and answered by name
 * without {@code --xg}. Implementations are found by {@link java.util.ServiceLoader} when a name is
 * met; they are safe for all threads.
 */
public interface ServiceDescriptions {
  /**
   * The descriptions of the services that a target may mean, several where nothing tells them
   * apart. Messages name a service as {@link Description#file} does.
   *
   * @param service what stands behind the target's slash, a name or a number; empty for nothing
   * @param port the target's UDP port
   * @param id the target's service id
   * @return empty where this module has none
   */
  List<Description> of(String service, int port, int id);

  /** The errors that calls of these services fail with. */
  ErrorTables errors();

  /** The names of all procedures, for a shell to complete. */
  List<String> procedures();
}
