// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code ./build api}: writes down the public API of every module, as it is compiled. */
final class ApiCommand {
  private ApiCommand() {}

  public static void main(String[] args) throws IOException {
    Path project = Path.of(args.length == 0 ? "." : args[0]).toAbsolutePath().normalize();
    for (ApiRecord module : ApiRecord.all(project)) {
      String before = Files.exists(module.file()) ? Files.readString(module.file()) : "";
      String now = String.join("\n", module.lines()) + "\n";
      if (!now.equals(before)) {
        Files.writeString(module.file(), now);
        System.out.println("written: " + project.relativize(module.file()));
      }
    }
  }
}
