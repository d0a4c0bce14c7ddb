// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

/**
 * Fields of the vnode that come behind its data. OpenAFS writes none and reads them.
 *
 * @param fields one or more
 */
public record VnodeTail(DumpFields fields) implements DumpEvent {
  /** Checks that there are any. */
  public VnodeTail {
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("no fields");
    }
  }
}
