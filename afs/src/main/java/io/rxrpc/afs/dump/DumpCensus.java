// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts what a pass meets. */
final class DumpCensus {
  private @Nullable DumpHeader header;
  private @Nullable VolumeHeader volume;
  private long files;
  private long directories;
  private long symlinks;
  private long mountPoints;
  private long unchanged;
  private long data;

  void volume(DumpHeader dump, VolumeHeader first) {
    header = dump;
    volume = first;
  }

  void vnode(DumpVnode vnode) {
    data += Math.max(0, vnode.length());
    switch (vnode.head().kind()) {
      case FILE -> files++;
      case DIRECTORY -> directories++;
      case SYMLINK -> symlinks++;
      case MOUNT_POINT -> mountPoints++;
      case UNCHANGED -> unchanged++;
      case UNKNOWN -> {}
    }
  }

  /** Whether things that directories name may be missing in this dump. */
  boolean incremental() {
    return header != null && header.incremental();
  }

  DumpReport report(boolean complete, long octets, Findings findings) {
    return new DumpReport(
        Optional.ofNullable(header),
        Optional.ofNullable(volume),
        complete,
        files,
        directories,
        symlinks,
        mountPoints,
        unchanged,
        data,
        octets,
        findings.kept(),
        findings.all(),
        findings.errors());
  }
}
