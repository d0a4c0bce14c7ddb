// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.frame;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a command line names to be read, with {@code -} for stdin. */
public final class InputFile {
  private InputFile() {}

  /** Whether stdin is meant. */
  public static boolean isDash(Path file) {
    return file.toString().equals("-");
  }

  /** Opens it; the caller closes it. */
  public static InputStream open(RootCommand root, Path file) throws CommandFailure {
    if (isDash(file)) {
      return root.streams().in();
    }
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, "cannot read " + FailureReport.file(e, file), e);
    }
  }

  /** Reads JSON to its end, and closes the stream. */
  public static String text(InputStream open, Path file) throws CommandFailure {
    try (open) {
      ByteBuffer octets = ByteBuffer.wrap(open.readAllBytes());
      return StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
    } catch (CharacterCodingException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          file + ": this is no UTF-8, as JSON must be; an octet XX of a string is \\udcXX",
          e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, "cannot read " + FailureReport.file(e, file), e);
    }
  }
}
