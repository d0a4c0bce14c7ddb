// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The folders of an extraction: one for each directory of the dump. */
final class ExtractedFolders {
  /** What a directory costs here. */
  private static final int OCTETS_EACH = 1024;

  /** Deeper ones become folders of their own in the first one. */
  private static final int DEPTH = 1000;

  private final Path top;
  private final Findings findings;

  /** The directories in the order of the dump, and where they begin in it. */
  private final List<VnodeHeader> heads = new ArrayList<>();

  private final Map<Integer, Long> offsets = new HashMap<>();

  /** Their places by vnode; null for those that could not be made. */
  private final Map<Integer, @Nullable Path> places = new HashMap<>();

  private boolean begun;

  ExtractedFolders(Path top, Findings findings) {
    this.top = top;
    this.findings = findings;
    places.put(Tree.ROOT, top);
  }

  void remember(DumpVnode vnode, Tree tree) throws IOException {
    tree.names().spend(OCTETS_EACH, vnode.offset());
    heads.add(vnode.head());
    offsets.put(vnode.head().vnode(), vnode.offset());
    if (begun) {
      make(vnode.head().vnode(), tree); // a directory behind the files
    }
  }

  void make(Tree tree) throws IOException {
    begun = true;
    for (VnodeHeader head : heads) {
      make(head.vnode(), tree);
    }
  }

  /** Makes a directory's folder and those above it. */
  private void make(int directory, Tree tree) throws IOException {
    Deque<Integer> missing = new ArrayDeque<>();
    int at = directory;
    int row = 0;
    while (!places.containsKey(at) && row >= 0) {
      missing.push(at);
      row = missing.size() < DEPTH ? tree.rowOf(at) : -1;
      at = row < 0 ? Tree.ROOT : tree.names().directory(row);
      if (missing.contains(at)) {
        row = -1; // a loop of directories: cut here
      }
    }
    boolean lost = row < 0;
    for (int next : missing) {
      int name = lost ? -1 : tree.rowOf(next);
      lost = false;
      Path above = name < 0 ? top : places.get(tree.names().directory(name));
      Path place =
          above == null
              ? null
              : SafeNames.child(
                  above,
                  name < 0 ? Tree.numbers(next, tree.unique(next)) : tree.names().name(name));
      places.put(next, place == null ? null : made(place, next));
    }
  }

  private @Nullable Path made(Path place, int directory) throws IOException {
    try {
      return Files.createDirectory(place);
    } catch (FileSystemException e) {
      findings.error(
          offsets.getOrDefault(directory, 0L),
          "vnode " + Integer.toUnsignedString(directory),
          "its folder was not made: " + DumpEntry.printable(String.valueOf(e.getMessage())));
    }
    return null;
  }

  /** Where a file belongs, one place for each of its names whose folder is there. */
  List<Path> places(VnodeHeader head, Tree tree) {
    List<Path> found = new ArrayList<>(1);
    VolumeNames names = tree.names();
    boolean named = false;
    for (int row = names.first(head.vnode()); row >= 0; row = names.next(row)) {
      if (names.unique(row) == head.unique()) {
        named = true;
        Path above = places.get(names.directory(row));
        if (above != null) {
          found.addFirst(SafeNames.child(above, names.name(row)));
        }
      }
    }
    if (!named) {
      found.add(SafeNames.child(top, Tree.numbers(head.vnode(), head.unique())));
    }
    return found;
  }

  /** Gives all their modes and dates, when nothing more is made in them. */
  void finish() throws IOException {
    for (VnodeHeader head : heads) {
      Path place = places.get(head.vnode());
      if (place != null) {
        Attributes.ofFolder(place, head);
      }
    }
  }
}
