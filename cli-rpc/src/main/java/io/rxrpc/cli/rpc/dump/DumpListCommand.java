// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.dump;

import io.rxrpc.afs.dump.DumpAcl;
import io.rxrpc.afs.dump.DumpAclEntry;
import io.rxrpc.afs.dump.DumpEntry;
import io.rxrpc.afs.dump.DumpReport;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Without;
import io.rxrpc.cli.frame.Without.Part;
import io.rxrpc.cli.text.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rxrpc afsdump ls}: what is in a dump. */
@Command(
    name = "ls",
    customSynopsis = "rxrpc afsdump ls FILE [options]",
    description = {
      "List what is in the dump of a volume: mode, owner, octets, date and path, first all",
      "directories, then files and links in the order of the dump. 'm' is a mount point.",
      "With --json an object for each entry, one a line."
    },
    footer = {"", "Example: rxrpc afsdump ls root.cell.dump"})
@Without({Part.PACKETS, Part.TUNABLES, Part.REMARKS})
final class DumpListCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

  private final RootCommand root;

  @Parameters(index = "0", paramLabel = "FILE", description = "The dump, or '-' for stdin.")
  private Path file = Path.of("-");

  DumpListCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure {
    DumpReport report = new DumpFile(root, file).run(dump -> dump.list(this::show));
    DumpReports.remark(root, report);
    return ExitCode.OK;
  }

  private void show(DumpEntry entry) throws IOException {
    PrintStream out = root.streams().out();
    if (root.json()) {
      Json.print(out, row(entry));
    } else {
      out.println(line(entry));
    }
    String trouble = root.streams().outTrouble();
    if (trouble != null) {
      throw new IOException("cannot write the list: " + trouble); // nobody reads the rest
    }
  }

  private static String line(DumpEntry entry) {
    return String.format(
            Locale.ROOT,
            "%s %6d %10d %s %s",
            entry.modeText(),
            Integer.toUnsignedLong(entry.vnode().owner()),
            entry.size(),
            TIME.format(entry.modified()),
            DumpEntry.printable(entry.path()))
        + entry.target().map(target -> " -> " + DumpEntry.printable(target)).orElse("");
  }

  private static Map<String, Object> row(DumpEntry entry) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("path", entry.path());
    row.put("kind", entry.kind().name().toLowerCase(Locale.ROOT));
    row.put("vnode", Integer.toUnsignedLong(entry.vnode().vnode()));
    row.put("unique", Integer.toUnsignedLong(entry.vnode().unique()));
    row.put("mode", String.format(Locale.ROOT, "%04o", entry.mode()));
    row.put("owner", Integer.toUnsignedLong(entry.vnode().owner()));
    row.put("size", entry.size());
    row.put("modified", entry.modified().toString());
    entry.target().ifPresent(target -> row.put("target", target));
    entry.acl().map(DumpListCommand::acl).ifPresent(acl -> row.put("acl", acl));
    row.put("offset", entry.offset());
    return row;
  }

  private static Object acl(DumpAcl acl) {
    return Map.of("positive", rights(acl.positive()), "negative", rights(acl.negative()));
  }

  private static List<Object> rights(List<DumpAclEntry> entries) {
    return entries.stream().map(e -> (Object) Map.of("id", e.id(), "rights", e.letters())).toList();
  }
}
