// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.dump;

import io.rxrpc.afs.dump.DumpEntry;
import io.rxrpc.afs.dump.DumpFinding;
import io.rxrpc.afs.dump.DumpReport;
import io.rxrpc.cli.frame.RootCommand;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was met in a dump, for people and for programs. */
final class DumpReports {
  private DumpReports() {}

  /** Tells on stderr what is wrong, and what is unusual unless nobody wants to know. */
  static void remark(RootCommand root, DumpReport report) {
    PrintStream err = root.streams().err();
    for (DumpFinding finding : report.findings()) {
      if (finding.severity() == DumpFinding.Severity.ERROR || !root.quiet()) {
        err.println("rxrpc: " + finding);
      }
    }
    more(report).forEach(line -> err.println("rxrpc: " + line));
  }

  /** Findings, then what there is. */
  static List<String> lines(DumpReport report) {
    List<String> lines = new ArrayList<>();
    report.findings().forEach(finding -> lines.add(finding.toString()));
    lines.addAll(more(report));
    report
        .volume()
        .ifPresent(
            volume ->
                lines.add(
                    "volume "
                        + DumpEntry.printable(volume.name())
                        + " ("
                        + Integer.toUnsignedString(volume.id())
                        + ")"
                        + report
                            .header()
                            .map(h -> h.incremental() ? ", what changed since " + h.from() : "")
                            .orElse("")));
    lines.add(
        String.format(
            Locale.ROOT,
            "%d directories, %d files, %d symlinks, %d mount points; %d octets of data, %d in all",
            report.directories(),
            report.files(),
            report.symlinks(),
            report.mountPoints(),
            report.data(),
            report.octets()));
    lines.add(report.sound() ? "sound" : "damaged: " + report.errors() + " errors");
    return lines;
  }

  private static List<String> more(DumpReport report) {
    long more = report.allFindings() - report.findings().size();
    return more > 0 ? List.of("and " + more + " more findings") : List.of();
  }

  /** One object. */
  static Map<String, Object> json(DumpReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    report
        .volume()
        .ifPresent(
            volume -> {
              json.put("volume", volume.name());
              json.put("id", Integer.toUnsignedLong(volume.id()));
              json.put("updated", volume.updated().toString());
            });
    report
        .header()
        .ifPresent(
            header -> {
              json.put("incremental", header.incremental());
              json.put("from", header.from().toString());
              json.put("to", header.to().toString());
            });
    json.put("sound", report.sound());
    json.put("complete", report.complete());
    json.put("directories", report.directories());
    json.put("files", report.files());
    json.put("symlinks", report.symlinks());
    json.put("mount_points", report.mountPoints());
    json.put("unchanged", report.unchanged());
    json.put("data_bytes", report.data());
    json.put("bytes", report.octets());
    json.put("errors", report.errors());
    json.put("findings", report.findings().stream().map(DumpReports::row).toList());
    json.put("findings_in_all", report.allFindings());
    return json;
  }

  private static Object row(DumpFinding finding) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
    row.put("offset", finding.offset());
    row.put("subject", finding.subject());
    row.put("problem", finding.problem());
    return row;
  }
}
