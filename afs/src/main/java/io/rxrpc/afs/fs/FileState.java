// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.fs;

import io.rxrpc.afs.form.Times;
import java.time.Instant;

/**
 * The status of a file, directory or link.
 *
 * @param kind which of these
 * @param size in octets
 * @param dataVersion rises with each change of the data
 * @param links how many names it has
 * @param authorId who wrote it last
 * @param ownerId who owns it
 * @param groupId its Unix group
 * @param mode permission bits
 * @param callerRights rights of the caller, PRSFS_ of {@link FsConstants}
 * @param anonymousRights rights of everybody
 * @param modified as clients set it
 * @param changed when the server last changed it
 * @param lockCount -1 locked for a writer, above 0 for so many readers
 */
public record FileState(
    Kind kind,
    long size,
    long dataVersion,
    int links,
    int authorId,
    int ownerId,
    int groupId,
    int mode,
    int callerRights,
    int anonymousRights,
    Instant modified,
    Instant changed,
    int lockCount) {
  private static final int EXECUTABLE = 0111;

  /** What it is. */
  public enum Kind {
    /** Data. */
    FILE,
    /** Names of others. */
    DIRECTORY,
    /** A symbolic link. */
    LINK,
    /** Where another volume begins: a link that has no x in its mode. */
    MOUNT_POINT,
    /** A number that nobody has given a meaning. */
    OTHER
  }

  static FileState of(AFSFetchStatus status) {
    return new FileState(
        kind(status),
        Integer.toUnsignedLong(status.lengthHi()) << Integer.SIZE
            | Integer.toUnsignedLong(status.length()),
        Integer.toUnsignedLong(status.dataVersionHigh()) << Integer.SIZE
            | Integer.toUnsignedLong(status.dataVersion()),
        status.linkCount(),
        status.author(),
        status.owner(),
        status.group(),
        status.unixModeBits(),
        status.callerAccess(),
        status.anonymousAccess(),
        Times.of(status.clientModTime()),
        Times.of(status.serverModTime()),
        status.lockCount());
  }

  private static Kind kind(AFSFetchStatus status) {
    return switch (status.fileType()) {
      case FsConstants.AFS_FILE -> Kind.FILE;
      case FsConstants.AFS_DIRECTORY -> Kind.DIRECTORY;
      case FsConstants.AFS_SYMLINK ->
          (status.unixModeBits() & EXECUTABLE) == 0 ? Kind.MOUNT_POINT : Kind.LINK;
      default -> Kind.OTHER;
    };
  }
}
