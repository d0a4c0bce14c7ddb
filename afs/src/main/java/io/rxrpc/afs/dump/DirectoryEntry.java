// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import io.rxrpc.xdr.XdrText;

/**
 * A name in a directory.
 *
 * @param name the name; octets that are no UTF-8 as {@link XdrText} shows them
 * @param vnode what it names, unsigned; odd ones are directories
 * @param unique what tells that vnode from others that had the number before
 */
public record DirectoryEntry(String name, int vnode, int unique) {
  /** {@return whether it is "." or ".."} */
  public boolean isDots() {
    return name.equals(".") || name.equals("..");
  }
}
