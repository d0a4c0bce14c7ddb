// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.keyfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What tells that files changed: which files they are, their sizes and times.
 *
 * @param files one row for each file that is there
 */
record FileStamp(List<Row> files) {
  /** A file system may not tell two writes apart that are closer together. */
  private static final long COARSE_MILLIS = 2000;

  record Row(Path file, @Nullable Object identity, long size, FileTime modified) {}

  static FileStamp of(Path path) {
    List<Row> rows = new ArrayList<>();
    for (Path file : KeySet.files(path)) {
      Row row = row(file);
      if (row != null) {
        rows.add(row);
      }
    }
    return new FileStamp(List.copyOf(rows));
  }

  /** Null if it is not there. One that cannot be seen may be: reading it tells why not. */
  private static @Nullable Row row(Path file) {
    try {
      BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
      return new Row(file, a.fileKey(), a.size(), a.lastModifiedTime());
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      return new Row(file, String.valueOf(e.getMessage()), 0, FileTime.fromMillis(0));
    }
  }

  /** Whether a later write could look the same, at this time of day in milliseconds. */
  boolean fresh(long nowMillis) {
    return files.stream().anyMatch(r -> r.modified().toMillis() > nowMillis - COARSE_MILLIS);
  }
}
