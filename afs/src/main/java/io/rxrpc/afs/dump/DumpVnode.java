// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import org.jspecify.annotations.Nullable;

/**
 * A vnode that was read to its end.
 *
 * @param head its numbers and all its fields
 * @param length how many octets of data it has, -1 if it has none at all
 * @param offset where it begins in the dump
 * @param directory of a directory its entries, if it had data
 * @param target of a symlink or mount point its data, at most {@link DumpLimits#TARGET} octets
 */
record DumpVnode(
    VnodeHeader head,
    long length,
    long offset,
    @Nullable DumpDirectory directory,
    @Nullable String target) {
  /** For findings. */
  String subject() {
    return subject(head);
  }

  static String subject(VnodeHeader head) {
    return "vnode " + Integer.toUnsignedString(head.vnode());
  }
}
