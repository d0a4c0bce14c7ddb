// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

/** What a vnode is. */
public enum VnodeKind {
  /** A file. */
  FILE,
  /** A directory; only these have odd numbers. */
  DIRECTORY,
  /** A symlink: its data is the target. */
  SYMLINK,
  /** A symlink without any execute bit: its data names a volume. */
  MOUNT_POINT,
  /** One without fields, in an incremental dump: it is as it was. */
  UNCHANGED,
  /** A type that nobody knows. */
  UNKNOWN
}
