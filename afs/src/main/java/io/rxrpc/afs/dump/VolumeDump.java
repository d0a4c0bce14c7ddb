// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * What people do with a volume's dump: list it, check it, read one file of it, extract it. Every
 * operation reads the dump from its beginning in one pass (reading one file may take more), and
 * holds names and vnodes in memory but no file's data. Immutable; may be used by several threads.
 *
 * <p>Damage that leaves the rest readable becomes findings; damage that does not ends the operation
 * with a {@link DumpException}, except {@link #check}, which reports that too.
 */
public final class VolumeDump {
  private final DumpSource source;
  private final DumpLimits limits;

  private VolumeDump(DumpSource source, DumpLimits limits) {
    this.source = source;
    this.limits = limits;
  }

  /**
   * {@return the dump in a file}
   *
   * @param file the file
   */
  public static VolumeDump of(Path file) {
    return of(DumpSource.of(file));
  }

  /**
   * {@return the dump that a source gives}
   *
   * @param source where it comes from
   */
  public static VolumeDump of(DumpSource source) {
    return new VolumeDump(source, DumpLimits.DEFAULT);
  }

  /**
   * With other limits.
   *
   * @param other the other
   * @return a copy with other limits
   */
  public VolumeDump withLimits(DumpLimits other) {
    return new VolumeDump(source, other);
  }

  /**
   * Lists what is in it: first all directories, then the files and links, each in the order of the
   * dump; one with several names once for each.
   *
   * @param sink is given each entry as soon as its path is known
   * @return what was met; the findings are about what the list depends on, {@link #check} finds
   *     more
   * @throws DumpException when it is no dump, or cannot be read further
   */
  public DumpReport list(EntrySink sink) throws IOException {
    try (DumpReader in = open()) {
      Lister lister = new Lister(sink, new Findings(limits.findings()));
      new TreePass(in, new Tree(limits.index()), lister).run();
      return lister.report(in.position());
    }
  }

  /**
   * Writes a file's data. Symlinks on the way are followed within the volume; one that leads to a
   * file that lies before it in the dump makes the source be opened again.
   *
   * @param path from the volume's root, with or without {@code /} in front
   * @param to is flushed and not closed
   * @return how many octets
   * @throws java.nio.file.FileSystemException when there is no such file in the dump: {@link
   *     java.nio.file.NoSuchFileException}, {@link java.nio.file.NotDirectoryException}, {@link
   *     java.nio.file.FileSystemLoopException}, or itself with a reason: a directory, a mount
   *     point, a symlink that leads out of the volume, a file that an incremental dump does not
   *     have
   * @throws DumpException when it is no dump, or cannot be read up to the file's end
   */
  public long cat(String path, OutputStream to) throws IOException {
    FileCopy copy = new FileCopy(path, to);
    Tree tree = new Tree(limits.index());
    do {
      try (DumpReader in = open()) {
        new TreePass(in, tree, copy).run();
      }
    } while (copy.again());
    to.flush();
    return copy.octets();
  }

  /**
   * Makes all directories, files and symlinks in a folder, with their dates and their owners'
   * modes, hard links too; owners, access lists and mount points are not made. Names that the file
   * system does not take, or that would lead elsewhere, are written as {@code %XX}; what no name
   * leads to has its numbers as name. Symlinks that lead out of the folder are not made.
   *
   * @param folder is made, or must be empty; nobody else may write to it meanwhile
   * @return what was met; what was not made is a finding
   * @throws java.nio.file.DirectoryNotEmptyException when the folder is not empty
   * @throws DumpException when it is no dump, or cannot be read further; what was made stays
   */
  public DumpReport extract(Path folder) throws IOException {
    try (DumpReader in = open()) {
      Extraction extraction = new Extraction(folder, new Findings(limits.findings()));
      extraction.begin();
      Tree tree = new Tree(limits.index());
      new TreePass(in, tree, extraction).run();
      extraction.end(tree);
      return extraction.report(in.position());
    }
  }

  /**
   * Checks everything there is to check: that it is a dump up to its end and nothing follows, the
   * order of its sections, that directories are sound and lead to every vnode and to nothing else,
   * link counts, parents, access lists, and the volume's own counts.
   *
   * @return the report
   * @throws IOException when the source fails; a damaged dump is a finding
   */
  public DumpReport check() throws IOException {
    try (DumpReader in = open()) {
      return new Check(in, limits).run();
    }
  }

  /**
   * Copies the dump octet for octet, through the events.
   *
   * @param to where it is written to
   * @return how many octets
   * @throws DumpException when it is no dump; what was read before was written
   */
  public long copy(OutputStream to) throws IOException {
    try (DumpReader in = open()) {
      DumpWriter out = DumpWriter.to(to);
      try {
        return out.copy(in);
      } catch (DumpException e) {
        out.flush();
        throw e;
      }
    }
  }

  private DumpReader open() throws IOException {
    InputStream stream = source.open();
    return DumpReader.of(stream, limits);
  }
}
