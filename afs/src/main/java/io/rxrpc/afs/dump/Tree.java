// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The directories of a volume that are known so far, and the paths of what they name. */
final class Tree {
  static final int ROOT = 1;

  /** The deepest that a path may go. */
  private static final int DEPTH = 2048;

  /** About the longest that a path may be, in characters. */
  private static final int LENGTH = 1 << 14;

  /** What a directory in the maps costs. */
  private static final int OCTETS_EACH = 128;

  private final VolumeNames names;
  private final Map<Integer, Integer> uniques = new HashMap<>();

  /** The rows of directories, as far as they were asked for. */
  private final Map<Integer, Integer> rows = new HashMap<>();

  private int lastDirectory;
  private @Nullable String lastPath;

  Tree(long limit) {
    names = new VolumeNames(limit);
  }

  VolumeNames names() {
    return names;
  }

  /** Takes in a directory; one that is there already stays as it is. */
  void add(VnodeHeader head, DumpDirectory directory, long offset) throws DumpException {
    if (has(head.vnode())) {
      return;
    }
    names.spend(OCTETS_EACH, offset);
    uniques.put(head.vnode(), head.unique());
    for (DirectoryEntry entry : directory.entries()) {
      if (!entry.isDots()) {
        names.add(head.vnode(), entry, offset);
      }
    }
    rows.clear();
    lastPath = null;
  }

  boolean has(int directory) {
    return uniques.containsKey(directory);
  }

  /** The uniquifier of a directory, 0 if it is not known. */
  int unique(int directory) {
    return uniques.getOrDefault(directory, 0);
  }

  /** The first row that names a directory, -1 for the root and what nobody names. */
  int rowOf(int directory) {
    Integer unique = uniques.get(directory);
    return directory == ROOT || unique == null
        ? -1
        : rows.computeIfAbsent(directory, vnode -> rowOf(vnode, unique));
  }

  private int rowOf(int vnode, int unique) {
    int found = -1; // the index gives the last one first
    for (int row = names.first(vnode); row >= 0; row = names.next(row)) {
      if (names.unique(row) == unique) {
        found = row;
      }
    }
    return found;
  }

  /** All paths of a vnode, none if nobody names it. */
  List<String> paths(int vnode, int unique) {
    List<String> paths = new ArrayList<>(1);
    for (int row = names.first(vnode); row >= 0; row = names.next(row)) {
      if (names.unique(row) == unique) {
        paths.addFirst(path(names.directory(row)) + "/" + names.name(row));
      }
    }
    return paths;
  }

  /** A directory's path, empty for the root; from where no name leads on, its numbers instead. */
  String path(int directory) {
    if (lastPath == null || lastDirectory != directory) {
      lastPath = climb(directory);
      lastDirectory = directory;
    }
    return lastPath;
  }

  private String climb(int directory) {
    List<String> parts = new ArrayList<>();
    int at = directory;
    int length = 0;
    while (at != ROOT) {
      int row = parts.size() < DEPTH && length < LENGTH ? rowOf(at) : -1;
      if (row < 0) {
        parts.add(numbers(at, unique(at)));
        return String.join("/", parts.reversed());
      }
      parts.add(names.name(row));
      length += 1 + parts.getLast().length();
      at = names.directory(row);
    }
    return parts.isEmpty() ? "" : "/" + String.join("/", parts.reversed());
  }

  /** What stands for the path of something without one. */
  static String numbers(int vnode, int unique) {
    return "#" + Integer.toUnsignedString(vnode) + "." + Integer.toUnsignedString(unique);
  }
}
