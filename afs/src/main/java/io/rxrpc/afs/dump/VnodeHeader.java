// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.time.Instant;
import java.util.Optional;

/**
 * The beginning of a vnode: its numbers, and its fields up to its data.
 *
 * @param vnode the number within the volume, unsigned; odd ones are directories
 * @param unique what tells it from others that had the number before
 * @param fields its fields; the accessors give 0 or nothing for those that are not there
 */
public record VnodeHeader(int vnode, int unique, DumpFields fields) implements DumpEvent {
  static final int SECTION = 3;
  private static final int EXECUTE = 0111;

  /** {@return what it is} */
  public VnodeKind kind() {
    if (fields.isEmpty()) {
      return VnodeKind.UNCHANGED;
    }
    return switch (type()) {
      case 1 -> VnodeKind.FILE;
      case 2 -> VnodeKind.DIRECTORY;
      case 3 -> (mode() & EXECUTE) == 0 ? VnodeKind.MOUNT_POINT : VnodeKind.SYMLINK;
      default -> VnodeKind.UNKNOWN;
    };
  }

  /** {@return 1 file, 2 directory, 3 symlink or mount point} */
  public int type() {
    return (int) fields.numberOrZero(VnodeTag.TYPE);
  }

  /** {@return how many names it has; of a directory also "." and each child's ".."} */
  public int links() {
    return (int) fields.numberOrZero(VnodeTag.LINKS);
  }

  /** {@return how often its data was changed, unsigned} */
  public int dataVersion() {
    return (int) fields.numberOrZero(VnodeTag.DATA_VERSION);
  }

  /** {@return when it was changed, as its clients say} */
  public Instant modified() {
    return Instant.ofEpochSecond(fields.numberOrZero(VnodeTag.MODIFIED));
  }

  /** {@return when it was changed, as the server saw it} */
  public Instant serverModified() {
    return Instant.ofEpochSecond(fields.numberOrZero(VnodeTag.SERVER_MODIFIED));
  }

  /** {@return who wrote last} */
  public int author() {
    return (int) fields.numberOrZero(VnodeTag.AUTHOR);
  }

  /** {@return whose it is} */
  public int owner() {
    return (int) fields.numberOrZero(VnodeTag.OWNER);
  }

  /** {@return its Unix group} */
  public int group() {
    return (int) fields.numberOrZero(VnodeTag.GROUP);
  }

  /** {@return its Unix mode bits} */
  public int mode() {
    return (int) fields.numberOrZero(VnodeTag.MODE);
  }

  /** {@return the vnode of its directory, unsigned; 0 for a volume's root} */
  public int parent() {
    return (int) fields.numberOrZero(VnodeTag.PARENT);
  }

  /**
   * {@return a directory's access list, if it has one}
   *
   * @throws DumpException when it is none; the offset counts from the list's own beginning
   */
  public Optional<DumpAcl> acl() throws DumpException {
    Optional<DumpField> field = fields.find(VnodeTag.ACL);
    return field.isEmpty() ? Optional.empty() : Optional.of(DumpAcl.parse(field.get().value()));
  }

  /** With the fields that came behind its data. */
  VnodeHeader and(VnodeTail tail) {
    return new VnodeHeader(vnode, unique, fields.and(tail.fields()));
  }
}
