// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.command.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ./build site}: writes the site into a folder, and checks its links. */
final class SiteCommand {
  private SiteCommand() {}

  public static void main(String[] args) throws IOException {
    Path project = Path.of("").toAbsolutePath();
    Path folder = Path.of(args.length == 0 ? "target/site" : args[0]).toAbsolutePath().normalize();
    Documents documents = Documents.of(project);
    List<String> wrong = new ArrayList<>(documents.brokenLinks());
    new Site(documents, folder).write();
    wrong.addAll(SiteCheck.of(folder));
    wrong.forEach(System.err::println);
    System.out.printf(
        "%d pages in %s, begin with index.html; %d broken links%n",
        documents.pages().size(), folder, wrong.size());
    System.exit(wrong.isEmpty() ? 0 : 1);
  }
}
