// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import io.rxrpc.afs.dump.DumpException.Reason;
import java.io.IOException;
import java.io.InputStream;

/** What one pass over a dump is for. */
interface TreeVisitor {
  /** Both headers were read. */
  default void volume(DumpHeader header, VolumeHeader volume) {}

  /**
   * The data of a vnode that is neither directory nor symlink; what is not read is passed over.
   *
   * @param offset where the vnode begins in the dump
   */
  default void data(VnodeHeader head, long offset, InputStream in, Tree tree) throws IOException {}

  /** A vnode, directories too, was read to its end. */
  void vnode(DumpVnode vnode, Tree tree) throws IOException;

  /** All directories that come first were read: paths are known. Called once. */
  default void directories(Tree tree) throws IOException {}

  /** A tag that must be understood is not. */
  default void critical(int tag, String where, long offset) throws DumpException {
    throw new DumpException(
        Reason.TAG,
        offset,
        "tag 0x%02x in %s is marked as critical, and its meaning is not known"
            .formatted(tag, where));
  }

  /** Whether the rest is of no interest. */
  default boolean done() {
    return false;
  }
}
