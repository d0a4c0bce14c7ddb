// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/** Everything that there is to do with a dump, done with one of so many octets. */
final class BigDumpMain {
  private BigDumpMain() {}

  public static void main(String[] args) throws IOException {
    BigDump source = new BigDump(Long.parseLong(args[0]));
    VolumeDump dump = VolumeDump.of(source);
    AtomicLong listed = new AtomicLong();
    DumpReport list = dump.list(entry -> listed.incrementAndGet());
    expect(BigDump.files(), list.files());
    expect(listed.get(), list.files() + list.directories());
    DumpReport check = dump.check();
    expect(0, check.allFindings());
    expect(1, check.complete() ? 1 : 0);
    expect(source.largeSize(), dump.cat(BigDump.largePath(), OutputStream.nullOutputStream()));

    CRC32C read = new CRC32C();
    CRC32C written = new CRC32C();
    InputStream in = new FilterInputStream(new CheckedInputStream(source.open(), read)) {};
    OutputStream out = new CheckedOutputStream(OutputStream.nullOutputStream(), written);
    long octets;
    try (DumpReader from = DumpReader.of(Channels.newChannel(in));
        DumpWriter to = DumpWriter.to(Channels.newChannel(out))) {
      octets = to.copy(from);
    }
    expect(check.octets(), octets);
    expect(read.getValue(), written.getValue());
    refused(EndlessDump.ofDirectories());
    refused(EndlessDump.ofFiles());
    System.out.println("listed, checked, read and copied " + octets);
  }

  /** Names and vnodes without end are refused before they take the heap. */
  private static void refused(DumpSource endless) throws IOException {
    DumpFinding last = VolumeDump.of(endless).check().findings().getLast();
    if (!last.problem().startsWith("the volume's names and vnodes need more than the limit of")) {
      throw new AssertionError(last);
    }
  }

  private static void expect(long wanted, long came) {
    if (wanted != came) {
      throw new AssertionError(came + " instead of " + wanted);
    }
  }
}
