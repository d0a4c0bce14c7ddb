// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.call;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.FailureReport;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.WatchedOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Where a reply goes: a file, stdout as it is, a hex dump, or a field of the JSON result. */
final class ReplySink implements AutoCloseable {
  /** A reply inside a JSON object must be held in memory. */
  private static final int JSON_LIMIT = 1 << 20;

  private final RootCommand root;
  private final @Nullable WatchedOutput watched;
  private final OutputStream out;
  private final @Nullable Path file;
  private final @Nullable PrintStream stdout;
  private long count;

  private ReplySink(
      OutputStream out,
      @Nullable Path file,
      @Nullable WatchedOutput watched,
      @Nullable PrintStream stdout,
      RootCommand root) {
    this.watched = watched;
    this.root = root;
    this.out = out;
    this.file = file;
    this.stdout = stdout;
  }

  static ReplySink of(RootCommand root, @Nullable Path file, boolean hex) throws CommandFailure {
    PrintStream stdout = root.streams().out();
    if (file != null) {
      try {
        OutputStream out = Files.newOutputStream(file);
        WatchedOutput watched = new WatchedOutput(out);
        return new ReplySink(
            hex ? new HexDump(new PrintStream(watched)) : watched, file, watched, null, root);
      } catch (IOException e) {
        throw new CommandFailure(ExitCode.USAGE, "cannot write " + FailureReport.file(e, file), e);
      }
    }
    if (root.json()) {
      return new ReplySink(new ByteArrayOutputStream(), null, null, null, root);
    }
    boolean dump = hex || root.streams().outIsTerminal();
    return new ReplySink(dump ? new HexDump(stdout) : stdout, null, null, stdout, root);
  }

  void take(byte[] bytes, int length) throws CommandFailure {
    count += length;
    if (out instanceof ByteArrayOutputStream && count > JSON_LIMIT) {
      throw CommandFailure.usage("the reply is too long for JSON: use --out FILE");
    }
    try {
      out.write(bytes, 0, length);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, "cannot write " + FailureReport.file(e, file), e);
    }
    checkStdout();
  }

  /** The reply is complete: nothing of it may stay in a buffer. */
  void finish() throws CommandFailure {
    try {
      if (stdout == null || out instanceof HexDump) {
        out.close();
      } else {
        out.flush();
      }
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, "cannot write " + FailureReport.file(e, file), e);
    }
    checkStdout();
  }

  long count() {
    return count;
  }

  /** The reply for a JSON object, or null when it went elsewhere. */
  @Nullable String hex() {
    return out instanceof ByteArrayOutputStream memory
        ? HexFormat.of().formatHex(memory.toByteArray())
        : null;
  }

  /** Closes the file, also after a failure. */
  @Override
  public void close() throws IOException {
    if (stdout == null) {
      out.close();
    }
  }

  /** A PrintStream keeps its errors to itself; without this a call into a closed pipe runs on. */
  private void checkStdout() throws CommandFailure {
    String trouble = stdout == null ? null : root.streams().outTrouble();
    IOException failure = watched == null ? null : watched.failure();
    if (trouble == null && failure != null) {
      trouble = FailureReport.file(failure, file); // a hex dump does not tell of it by itself
    }
    if (trouble != null) {
      throw new CommandFailure(ExitCode.USAGE, "cannot write the reply: " + trouble);
    }
  }
}
