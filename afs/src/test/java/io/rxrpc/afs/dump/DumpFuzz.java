// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Any octets as a dump: it is copied as it is up to where it is damaged, however it comes; every
 * operation ends, with the exceptions that it documents; and a directory is read and built again.
 */
public final class DumpFuzz {
  private static final DumpLimits LIMITS = new DumpLimits(1 << 14, 1 << 20, 50);

  private DumpFuzz() {}

  /** The first octet says what the others are: a directory, an access list or a dump. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] octets = Arrays.copyOfRange(input, 1, input.length);
    try {
      switch (input[0] & 7) {
        case 0 -> directory(octets);
        case 1 -> acl(octets);
        default -> dump(octets, (input[0] & 0xff) + 1);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void directory(byte[] octets) {
    DumpDirectory read = DumpDirectory.parse(octets);
    if (read.entries().size() > octets.length / 32) {
      throw new AssertionError("more entries than blobs");
    }
    for (DirectoryFault fault : read.faults()) {
      if (fault.offset() < 0 || fault.offset() > octets.length) {
        throw new AssertionError(fault);
      }
    }
    if (read.faults().isEmpty()) {
      byte[] built = DumpDirectory.toOctets(read.entries()).toArray();
      if (!DumpDirectory.parse(built).entries().containsAll(read.entries())) {
        throw new AssertionError("not built again: " + read.entries());
      }
    }
  }

  private static void acl(byte[] octets) throws IOException {
    try {
      DumpAcl acl = DumpAcl.parse(io.rxrpc.xdr.Octets.of(Arrays.copyOf(octets, DumpAcl.OCTETS)));
      if (!DumpAcl.parse(acl.toOctets()).equals(acl) || acl.toString().isEmpty() != none(acl)) {
        throw new AssertionError(acl);
      }
    } catch (DumpException e) {
      within(e.offset(), DumpAcl.OCTETS);
    }
  }

  private static boolean none(DumpAcl acl) {
    return acl.positive().isEmpty() && acl.negative().isEmpty();
  }

  private static void dump(byte[] octets, int atOnce) throws IOException {
    String whole = copy(new ByteArrayInputStream(octets), octets);
    String parts = copy(new Few(octets, atOnce), octets);
    if (!whole.equals(parts)) {
      throw new AssertionError(whole + ", but in parts " + parts);
    }
    VolumeDump dump = VolumeDump.of(DumpSource.of(octets)).withLimits(LIMITS);
    DumpReport report = dump.check();
    for (DumpFinding finding : report.findings()) {
      within(finding.offset(), octets.length);
    }
    if (report.complete() != whole.isEmpty() && report.errors() == 0) {
      throw new AssertionError("check and copy do not agree: " + report + ", " + whole);
    }
    List<String> paths = new ArrayList<>();
    try {
      dump.list(
          entry -> {
            if (entry.size() > octets.length || entry.path().isEmpty()) {
              throw new AssertionError(entry);
            }
            if (paths.size() < 4 && entry.kind() != VnodeKind.DIRECTORY) {
              paths.add(entry.path());
            }
          });
    } catch (DumpException e) {
      within(e.offset(), octets.length);
      return;
    }
    for (String path : paths) {
      try {
        dump.cat(path, OutputStream.nullOutputStream());
      } catch (DumpException e) {
        within(e.offset(), octets.length);
      } catch (FileSystemException e) {
        if (String.valueOf(e.getMessage()).isEmpty()) {
          throw new AssertionError(e);
        }
      }
    }
  }

  /** What is wrong, or nothing; what was read must come out as it was. */
  private static String copy(InputStream in, byte[] octets) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length);
    DumpWriter to = DumpWriter.to(out);
    String problem = "";
    long end;
    try (DumpReader from = DumpReader.of(in, LIMITS)) {
      try {
        end = to.copy(from);
      } catch (DumpException e) {
        to.flush();
        problem = String.valueOf(e.getMessage());
        end = out.size();
        within(e.offset(), octets.length);
      }
    }
    if (out.size() != end
        || Arrays.mismatch(out.toByteArray(), 0, (int) end, octets, 0, (int) end) >= 0) {
      throw new AssertionError("copied otherwise than it was");
    }
    return problem;
  }

  private static void within(long offset, long length) {
    if (offset < 0 || offset > length) {
      throw new AssertionError("a place that is none: " + offset + " of " + length);
    }
  }

  /** The seeds: dumps of all kinds, directories, access lists. */
  public static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(seed(7, DumpVector.octets()));
    VolumeMaker maker = new VolumeMaker();
    int docs = maker.directory(1, "docs");
    int file = maker.file(docs, "a", "some text");
    maker.name(file, docs, "b");
    maker.symlink(1, "link", "docs/a");
    maker.mountPoint(1, "mnt", "#root.cell.");
    seeds.add(seed(15, maker.octets()));
    seeds.add(seed(23, maker.since(5).octets()));
    for (int i = 0; i < 40; i++) {
      byte[] written = new RandomDump(i).written();
      if (written.length < 4000) {
        seeds.add(seed(8 * i + 2, written));
      }
    }
    List<DirectoryEntry> entries =
        List.of(
            new DirectoryEntry(".", 1, 1),
            new DirectoryEntry("..", 1, 1),
            new DirectoryEntry("a", 2, 2),
            new DirectoryEntry("a-name-of-more-than-one-blob", 4, 3));
    seeds.add(seed(0, DumpDirectory.toOctets(entries).toArray()));
    seeds.add(seed(1, VolumeMaker.ACL.toOctets().toArray()));
    return seeds;
  }

  private static byte[] seed(int kind, byte[] octets) {
    byte[] seed = new byte[1 + octets.length];
    seed[0] = (byte) kind;
    System.arraycopy(octets, 0, seed, 1, octets.length);
    return seed;
  }

  /** So many octets at once. */
  private static final class Few extends InputStream {
    private final byte[] octets;
    private final int atOnce;
    private int at;

    Few(byte[] octets, int atOnce) {
      this.octets = octets;
      this.atOnce = atOnce;
    }

    @Override
    public int read() {
      return at < octets.length ? octets[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      if (at == octets.length) {
        return -1;
      }
      int n = Math.min(Math.min(length, atOnce), octets.length - at);
      System.arraycopy(octets, at, to, offset, n);
      at += n;
      return n;
    }
  }
}
