// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.call;

import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.RunningCommand;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** Both ends of split calls by name, with files that have more than the memory of this JVM. */
final class TypedBulkMain {
  /** {@code -Dcli.bulk=1073741824} makes it a GiB each way. */
  static final long BYTES = Long.getLong("cli.bulk", 128L << 20);

  private TypedBulkMain() {}

  /** Stores and fetches. The arguments are a folder, and how many octets go each way. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    TypesDescription types = new TypesDescription(folder);
    Path zeros = folder.resolve("zeros");
    try (RandomAccessFile file = new RandomAccessFile(zeros.toFile(), "rw")) {
      file.setLength(Long.parseLong(args[1])); // takes no room on the disk
    }
    String answers =
        types.file(
            "answers.json",
            """
            {"Store": {"stored": 1}, "Fetch": {"status": 0, "version": 2, "data-file": "zeros"}}
            """);
    try (RunningCommand server =
        RunningCommand.start(types.with("serve", "0/52", "--answer", answers, "-v"))) {
      print(
          CommandRun.of(
              types.with(
                  "call",
                  server.target(),
                  "Store",
                  "length=0",
                  "--in",
                  zeros.toString(),
                  "--json")));
      print(
          CommandRun.of(
              types.with(
                  "call", server.target(), "Fetch", "name=x", "--out", "/dev/null", "--json")));
      System.out.println(server.terminate());
    }
  }

  private static void print(CommandRun run) {
    System.out.println(run.out() + run.err());
    if (run.code() != 0) {
      System.exit(run.code());
    }
  }
}
