// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Files in folders, searched as a C preprocessor does: {@code -I} in the order given. */
public final class Folders implements SourceFiles {
  /** No description is that large; what is, is something else. */
  private static final long MAX_SIZE = 8 << 20;

  private final List<Path> folders;

  /**
   * Searches these, in this order.
   *
   * @param folders where to look, in this order
   */
  public Folders(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @return the source
   * @throws IOException if it cannot be read or has more than 8 MiB
   */
  public static Source read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MAX_SIZE) {
      throw new IOException(
          file + " has " + size + " octets: more than the 8 MiB of the largest description");
    }
    return new Source(file.toString(), decode(Files.readAllBytes(file)));
  }

  private static String decode(byte[] octets) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException e) {
      // Old files have Latin-1 names in their comments, and nothing but ASCII outside of them.
      return new String(octets, StandardCharsets.ISO_8859_1);
    }
  }

  @Override
  public @Nullable Source find(String name, Source from, boolean quoted) throws IOException {
    try {
      for (Path folder : searchPath(quoted, from)) {
        Path file = folder.resolve(name);
        if (Files.isRegularFile(file)) {
          return read(file);
        }
      }
    } catch (InvalidPathException e) {
      throw new IOException("'" + name + "' cannot be the name of a file", e);
    }
    return null;
  }

  @Override
  public String searched(boolean quoted, Source from) {
    List<Path> path = searchPath(quoted, from);
    return path.isEmpty()
        ? "no folder was given"
        : path.stream()
            .map(folder -> folder.toString().isEmpty() ? "." : folder.toString())
            .collect(Collectors.joining(", "));
  }

  private List<Path> searchPath(boolean quoted, Source from) {
    List<Path> path = new ArrayList<>();
    if (quoted) {
      Path parent = Path.of(from.name()).getParent();
      path.add(parent == null ? Path.of("") : parent);
    }
    path.addAll(folders);
    return path;
  }
}
