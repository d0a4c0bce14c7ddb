// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.dump;

import io.rxrpc.afs.dump.DumpException;
import io.rxrpc.afs.dump.VolumeDump;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.FailureReport;
import io.rxrpc.cli.frame.InputFile;
import io.rxrpc.cli.frame.RootCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** The dump that a command line names: a file, or stdin, which can be read once. */
final class DumpFile {
  private final RootCommand root;
  private final Path file;
  private final AtomicBoolean read = new AtomicBoolean();

  DumpFile(RootCommand root, Path file) {
    this.root = root;
    this.file = file;
  }

  /** What people do with a dump. */
  interface Work<T> {
    T with(VolumeDump dump) throws CommandFailure, IOException;
  }

  /** Does it; every failure of the file is one line that names it. */
  <T> T run(Work<T> work) throws CommandFailure {
    String name = InputFile.isDash(file) ? "stdin" : file.toString();
    try {
      return work.with(VolumeDump.of(this::open));
    } catch (DumpException e) {
      throw new CommandFailure(ExitCode.USAGE, name + ": " + e.getMessage(), e);
    } catch (FileSystemException e) {
      boolean itself = file.toString().equals(e.getFile());
      throw new CommandFailure(
          ExitCode.USAGE,
          itself ? "cannot read " + FailureReport.file(e, file) : name + ": " + reason(e),
          e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, name + ": " + e.getMessage(), e);
    }
  }

  private static String reason(FileSystemException e) {
    String path = String.valueOf(e.getFile());
    return switch (e) {
      case java.nio.file.NoSuchFileException _ -> path + " is not in the dump";
      case java.nio.file.NotDirectoryException _ -> path + " is no directory";
      case java.nio.file.FileSystemLoopException _ -> path + ": its symlinks lead in a circle";
      case java.nio.file.DirectoryNotEmptyException _ -> path + " is not empty";
      default -> String.valueOf(e.getMessage());
    };
  }

  private InputStream open() throws IOException {
    if (!InputFile.isDash(file)) {
      return Files.newInputStream(file);
    }
    if (read.getAndSet(true)) {
      throw new IOException("this takes to read it twice, and stdin can be read once: give a file");
    }
    return root.streams().in();
  }
}
