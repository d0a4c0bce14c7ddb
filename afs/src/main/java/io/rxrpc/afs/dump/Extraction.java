// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the files of a dump in a folder that was empty. All folders are made first and all symlinks
 * last, and nothing that is there is opened again or replaced, so that nothing is ever written
 * through a symlink.
 */
final class Extraction implements TreeVisitor {
  /** About what a symlink costs while it waits for the end. */
  private static final int OCTETS_EACH = 1024;

  private final Path folder;
  private final Findings findings;
  private final DumpCensus census = new DumpCensus();
  private final Entries entries;
  private final ExtractedFolders folders;
  private final List<DumpEntry> links = new ArrayList<>();

  /** Where the file is that is being read, null if it could not be made. */
  private @Nullable Path current;

  private boolean tried;

  Extraction(Path folder, Findings findings) {
    this.folder = folder;
    this.findings = findings;
    entries = new Entries(census, findings);
    folders = new ExtractedFolders(folder, findings);
  }

  /** Makes the folder, or sees that it is empty. */
  void begin() throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> there = Files.list(folder)) {
      if (there.findAny().isPresent()) {
        throw new DirectoryNotEmptyException(folder.toString());
      }
    }
  }

  @Override
  public void volume(DumpHeader header, VolumeHeader volume) {
    census.volume(header, volume);
  }

  @Override
  public void directories(Tree tree) throws IOException {
    folders.make(tree);
  }

  @Override
  public void data(VnodeHeader head, long offset, InputStream in, Tree tree) throws IOException {
    if (head.kind() == VnodeKind.FILE && !tried) {
      create(head, offset, in, tree);
    }
  }

  @Override
  public void vnode(DumpVnode vnode, Tree tree) throws IOException {
    census.vnode(vnode);
    DumpEntry entry = entries.entry(vnode);
    switch (entry.kind()) {
      case DIRECTORY -> folders.remember(vnode, tree);
      case FILE -> {
        List<DumpEntry> named = entries.named(entry, tree);
        if (!tried) {
          create(vnode.head(), vnode.offset(), InputStream.nullInputStream(), tree);
        }
        if (current == null) {
          findings.error(vnode.offset(), vnode.subject(), "was not extracted: " + shown(named));
        } else {
          Attributes.ofFile(current, vnode.head());
        }
      }
      case SYMLINK -> {
        tree.names().spend(OCTETS_EACH, vnode.offset());
        links.add(entries.named(entry, tree).getFirst());
      }
      case MOUNT_POINT ->
          findings.note(
              vnode.offset(),
              vnode.subject(),
              "%s is a mount point, %s: nothing was made"
                  .formatted(
                      shown(entries.named(entry, tree)),
                      DumpEntry.printable(entry.target().orElse(""))));
      case UNCHANGED -> {}
      case UNKNOWN ->
          findings.error(
              vnode.offset(), vnode.subject(), "was not extracted: its type is not known");
    }
    tried = false;
    current = null;
  }

  private static String shown(List<DumpEntry> named) {
    return DumpEntry.printable(String.join(", ", named.stream().map(DumpEntry::path).toList()));
  }

  /** Makes a file under all its names, and writes its data. */
  private void create(VnodeHeader head, long offset, InputStream data, Tree tree)
      throws IOException {
    tried = true;
    for (Path place : folders.places(head, tree)) {
      try {
        if (current != null) {
          Files.createLink(place, current);
        } else {
          write(place, data);
          current = place;
        }
      } catch (FileSystemException | UnsupportedOperationException e) {
        findings.error(offset, DumpVnode.subject(head), "was not made: " + shown(e));
      }
    }
  }

  /** Makes a file of data; a failure to write, unlike one to make it, ends the extraction. */
  private static void write(Path place, InputStream data) throws IOException {
    try (OutputStream out =
        Files.newOutputStream(place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      data.transferTo(out);
    }
  }

  private static String shown(Exception e) {
    return DumpEntry.printable(String.valueOf(e.getMessage()))
        + (e instanceof FileAlreadyExistsException ? ": another vnode has this name" : "");
  }

  /** Makes the symlinks, and gives folders their dates and modes. */
  void end(Tree tree) throws IOException {
    for (DumpEntry link : links) {
      List<Path> places = folders.places(link.vnode(), tree);
      if (places.isEmpty()) {
        notMade(link, "its folder was not made");
      }
      for (Path place : places) {
        link(link, place);
      }
    }
    folders.finish();
  }

  private void link(DumpEntry link, Path place) throws IOException {
    String target = link.target().orElse("");
    if (!SafeNames.staysInside(folder.relativize(place).getNameCount() - 1, target)) {
      notMade(link, "it leads out of the folder");
      return;
    }
    try {
      Files.createSymbolicLink(place, place.getFileSystem().getPath(target));
    } catch (FileSystemException | InvalidPathException | UnsupportedOperationException e) {
      notMade(link, shown(e));
    }
  }

  private void notMade(DumpEntry link, String why) {
    findings.warning(
        link.offset(),
        DumpVnode.subject(link.vnode()),
        "the symlink %s to %s was not made: %s"
            .formatted(
                DumpEntry.printable(link.path()),
                DumpEntry.printable(link.target().orElse("")),
                why));
  }

  DumpReport report(long octets) {
    return census.report(true, octets, findings);
  }
}
