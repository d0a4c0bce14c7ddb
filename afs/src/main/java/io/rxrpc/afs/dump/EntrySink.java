// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.io.IOException;

/** Takes the entries of a dump one by one. */
@FunctionalInterface
public interface EntrySink {
  /**
   * Takes one; what it throws ends the operation and comes out of it.
   *
   * @param entry the entry
   * @throws IOException if it cannot be read or written
   */
  void accept(DumpEntry entry) throws IOException;
}
