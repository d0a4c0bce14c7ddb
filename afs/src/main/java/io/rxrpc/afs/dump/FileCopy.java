// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Finds one file by its path, through directories and symlinks, and copies its data. */
final class FileCopy implements TreeVisitor {
  /** As many symlinks as Linux follows. */
  private static final int MOST_LINKS = 40;

  private final String path;
  private final OutputStream to;
  private int linksFollowed;

  /** Where the search stands: in a directory, with these names still to go. */
  private int directory = Tree.ROOT;

  private final Deque<String> rest = new ArrayDeque<>();

  /** The row of the vnode that is waited for, -1 while none is known. */
  private int wanted = -1;

  /** Rows of the tree that are known: a second pass adds no more. */
  private boolean treeKnown;

  private boolean again;
  private boolean found;
  private long octets;

  FileCopy(String path, OutputStream to) {
    this.path = path;
    this.to = to;
    rest.addAll(names(path));
  }

  /** The names of a path: nothing for empty ones and ".". */
  static List<String> names(String path) {
    return java.util.Arrays.stream(path.split("/", -1))
        .filter(name -> !name.isEmpty() && !name.equals("."))
        .toList();
  }

  long octets() {
    return octets;
  }

  /**
   * After a pass: whether another one is needed.
   *
   * @throws NoSuchFileException when the file was not there
   */
  boolean again() throws NoSuchFileException {
    boolean another = again;
    again = false;
    if (!another && !found) {
      throw new NoSuchFileException(
          shown(), null, "its directory names it, but the dump does not have its vnode");
    }
    return another;
  }

  @Override
  public boolean done() {
    return found || again;
  }

  @Override
  public void directories(Tree tree) throws IOException {
    if (!treeKnown) {
      treeKnown = true;
      walk(tree);
    }
  }

  /** Goes on through directories until a vnode is needed. */
  private void walk(Tree tree) throws IOException {
    VolumeNames names = tree.names();
    while (true) {
      String name = rest.poll();
      if (name == null) {
        throw new FileSystemException(shown(), null, "is a directory");
      }
      if (name.equals("..")) {
        int row = tree.rowOf(directory);
        if (row < 0) {
          throw new FileSystemException(shown(), null, "leads out of the volume");
        }
        directory = names.directory(row);
        continue;
      }
      int row = names.find(directory, name);
      if (row < 0) {
        throw new NoSuchFileException(
            shown(), null, "no '" + DumpEntry.printable(name) + "' in " + place(tree));
      }
      int child = names.child(row);
      if ((child & 1) == 0) {
        wanted = row;
        return;
      }
      if (!tree.has(child)) {
        throw new NoSuchFileException(
            shown(),
            null,
            "the dump does not have the directory '" + DumpEntry.printable(name) + "'");
      }
      directory = child;
    }
  }

  private String place(Tree tree) {
    String at = tree.path(directory);
    return at.isEmpty() ? "/" : DumpEntry.printable(at);
  }

  private String shown() {
    return DumpEntry.printable(path);
  }

  private boolean isWanted(VnodeHeader head, Tree tree) {
    return wanted >= 0
        && tree.names().child(wanted) == head.vnode()
        && tree.names().unique(wanted) == head.unique();
  }

  @Override
  public void data(VnodeHeader head, long offset, InputStream in, Tree tree) throws IOException {
    if (head.kind() == VnodeKind.FILE && isWanted(head, tree)) {
      expectFile();
      octets += in.transferTo(to);
      found = true;
    }
  }

  private void expectFile() throws NotDirectoryException {
    if (!rest.isEmpty()) {
      throw new NotDirectoryException(shown() + ": a file is on the way");
    }
  }

  @Override
  public void vnode(DumpVnode vnode, Tree tree) throws IOException {
    VnodeHeader head = vnode.head();
    if ((head.vnode() & 1) != 0 || !isWanted(head, tree)) {
      return;
    }
    switch (head.kind()) {
      case FILE -> {
        expectFile();
        found = true; // without data: then it is empty
      }
      case SYMLINK -> follow(vnode, tree);
      case MOUNT_POINT ->
          throw new FileSystemException(
              shown(),
              null,
              "'%s' is a mount point, %s: its volume is not in this dump"
                  .formatted(
                      DumpEntry.printable(tree.names().name(wanted)),
                      DumpEntry.printable(
                          java.util.Objects.requireNonNullElse(vnode.target(), ""))));
      case UNCHANGED ->
          throw new NoSuchFileException(
              shown(), null, "it did not change, so that this incremental dump has no data of it");
      case DIRECTORY, UNKNOWN ->
          throw new FileSystemException(
              shown(), null, "vnode " + vnode.subject() + " is of type " + head.type());
    }
  }

  private void follow(DumpVnode link, Tree tree) throws IOException {
    String target = java.util.Objects.requireNonNullElse(link.target(), "");
    if (++linksFollowed > MOST_LINKS) {
      throw new FileSystemLoopException(shown() + ": more than " + MOST_LINKS + " symlinks");
    }
    if (target.startsWith("/")) {
      throw new FileSystemException(
          shown(), null, "a symlink to " + DumpEntry.printable(target) + ", out of the volume");
    }
    directory = tree.names().directory(wanted);
    names(target).reversed().forEach(rest::addFirst);
    wanted = -1;
    walk(tree);
    // the vnodes come in ascending order, so what is not ahead has gone by
    again = Integer.compareUnsigned(tree.names().child(wanted), link.head().vnode()) <= 0;
  }
}
