// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.rxgk;

import io.rxrpc.CallAbort;
import io.rxrpc.security.rxgk.RxgkIssuer;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The file servers of a cell, for which tokens are combined. Safe for all threads. */
@FunctionalInterface
public interface FileServers {
  /**
   * What makes tokens for a file server: an issuer with the key that it opens them with, in OpenAFS
   * that of the cell. The service destroys it after use.
   *
   * @param server the server
   * @return null if that server takes no tokens of rxgk now
   * @throws CallAbort with the code that the client is to get, if there is no such server
   * @throws IOException if there is no key
   */
  @Nullable RxgkIssuer issuer(UUID server) throws IOException;
}
