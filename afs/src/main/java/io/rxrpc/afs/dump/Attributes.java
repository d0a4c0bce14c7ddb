// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * Modes and dates of what was extracted. Only the owner's bits mean something in AFS, and most
 * things there let everybody write: nobody but the owner may here.
 */
final class Attributes {
  private static final int KEPT = 0755;
  private static final int FOLDER = 0700;

  private Attributes() {}

  static void ofFile(Path place, VnodeHeader head) throws IOException {
    set(place, head.mode() & KEPT, head);
  }

  /** A folder can always be entered and emptied by who extracted it. */
  static void ofFolder(Path place, VnodeHeader head) throws IOException {
    set(place, (head.mode() & KEPT) | FOLDER, head);
  }

  private static void set(Path place, int mode, VnodeHeader head) throws IOException {
    Files.setLastModifiedTime(place, FileTime.from(head.modified()));
    if (Files.getFileAttributeView(place, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(place, permissions(mode));
    }
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] all = PosixFilePermission.values(); // rwx of owner, group, others
    for (int i = 0; i < all.length; i++) {
      if ((mode & 1 << (all.length - 1 - i)) != 0) {
        set.add(all[i]);
      }
    }
    return set;
  }
}
