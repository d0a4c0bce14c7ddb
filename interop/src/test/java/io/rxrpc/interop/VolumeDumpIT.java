// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.Partition;
import io.rxrpc.afs.dump.DirectoryEntry;
import io.rxrpc.afs.dump.DumpAcl;
import io.rxrpc.afs.dump.DumpDirectory;
import io.rxrpc.afs.dump.DumpEnd;
import io.rxrpc.afs.dump.DumpEntry;
import io.rxrpc.afs.dump.DumpEvent;
import io.rxrpc.afs.dump.DumpField;
import io.rxrpc.afs.dump.DumpReader;
import io.rxrpc.afs.dump.DumpReport;
import io.rxrpc.afs.dump.DumpWriter;
import io.rxrpc.afs.dump.VnodeHeader;
import io.rxrpc.afs.dump.VnodeKind;
import io.rxrpc.afs.dump.VolumeDump;
import io.rxrpc.afs.dump.VolumeHeader;
import io.rxrpc.afs.dump.VolumeTag;
import io.rxrpc.afs.fs.AFSFid;
import io.rxrpc.afs.fs.FileState;
import io.rxrpc.afs.vol.AFSVolClient;
import io.rxrpc.afs.vol.Opening;
import io.rxrpc.afs.vol.RestoreCookie;
import io.rxrpc.afs.vol.VolumeServer;
import io.rxrpc.afs.vol.VolumeTransaction;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.rpc.SplitCall;
import io.rxrpc.xdr.Octets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps of real volume servers, read, written and given back to them. */
@Needs(Peer.CELL)
class VolumeDumpIT {
  private static final String VOLUME = "dumped";
  private static final String COPY = "dumped.again";
  private static final Partition A = new Partition(0);

  /** What differs between a volume and its copy: ids, names, and when each was made and used. */
  private static final Set<Character> OF_THE_COPY =
      Set.of('i', 'n', 'p', 'C', 'A', 'B', 'U', 'D', 'Z');

  private static RxrpcEndpoint endpoint;
  private static VolumeServer volumes;
  private static FilledVolume filled;
  private static int id;
  @TempDir private static Path folder;

  /** The whole dump. */
  private static Path whole;

  @BeforeAll
  static void fill(Cell cell) throws IOException {
    endpoint = RxrpcEndpoint.builder().answerCallbacks(true).open();
    volumes = new VolumeServer(endpoint, Rpc.service(cell.server(7005), 4));
    id = restored(cell, VOLUME);
    filled = new FilledVolume(endpoint, cell, id);
    whole = dumped("whole", null);
  }

  @AfterAll
  static void close(Cell cell) {
    endpoint.close();
    String server = cell.address().getHostAddress();
    cell.run("vos", "remove", server, "a", VOLUME);
    cell.run("vos", "remove", server, "a", COPY);
  }

  /** A small volume in which everybody may write, made by vos of a dump that we changed. */
  private static int restored(Cell cell, String name) throws IOException {
    String server = cell.address().getHostAddress();
    Path small = folder.resolve(name + ".small");
    try (DumpReader in = DumpReader.of(FileChannel.open(cell.smallDump()));
        DumpWriter out = DumpWriter.to(Files.newOutputStream(small))) {
      out.write(in.next());
      VolumeHeader volume = (VolumeHeader) in.next();
      // it says 1, but has a root and a file
      out.write(new VolumeHeader(volume.fields().with(VolumeTag.FILE_COUNT.of(2))));
      out.copy(in);
    }
    cell.run("vos", "restore", server, "a", name, "-file", small.toString()).ok();
    cell.run("vos", "setfields", name, "-maxquota", "0").ok();
    return volumes.volumes(A).stream()
        .filter(volume -> volume.name().equals(name))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private static Path dumped(String name, @Nullable Instant since) throws IOException {
    Path file = folder.resolve(name);
    try (VolumeTransaction open = volumes.begin(id, A, Opening.BUSY);
        FileChannel to =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long size = open.dumpSize(since);
      assertThat(open.dumpTo(Channels.newOutputStream(to), since)).isEqualTo(size);
      assertThat(open.end()).isZero();
    }
    return file;
  }

  private static Map<String, DumpEntry> list(Path file) throws IOException {
    Map<String, DumpEntry> entries = new LinkedHashMap<>();
    DumpReport report =
        VolumeDump.of(file)
            .list(entry -> entries.put(entry.path().equals("/") ? "" : entry.path(), entry));
    assertThat(report.findings()).isEmpty();
    return entries;
  }

  @Test
  void aDumpIsSoundAndHasWhatTheFileServerSays() throws IOException {
    Path file = whole;
    DumpReport report = VolumeDump.of(file).check();
    assertThat(report.findings()).isEmpty();
    assertThat(report.octets()).isEqualTo(Files.size(file));
    assertThat(report.header().orElseThrow().name()).isEqualTo(VOLUME);

    Map<String, DumpEntry> entries = list(file);
    entries.remove("/hello.txt"); // was there before
    assertThat(new TreeSet<>(entries.keySet())).isEqualTo(new TreeSet<>(filled.fids().keySet()));
    for (DumpEntry entry : entries.values()) {
      String path = entry.path().equals("/") ? "" : entry.path();
      FileState state = filled.status(path);
      AFSFid fid = filled.fids().get(path);
      assertThat(entry.vnode().vnode()).as(path).isEqualTo(fid.vnode());
      assertThat(entry.vnode().unique()).as(path).isEqualTo(fid.unique());
      assertThat(entry.size()).as(path).isEqualTo(state.size());
      assertThat(entry.mode()).as(path).isEqualTo(state.mode());
      assertThat(entry.modified()).as(path).isEqualTo(state.modified());
      assertThat(entry.vnode().serverModified()).as(path).isEqualTo(state.changed());
      assertThat(entry.vnode().links()).as(path).isEqualTo(state.links());
      assertThat(entry.vnode().owner()).as(path).isEqualTo(state.ownerId());
      assertThat(entry.vnode().author()).as(path).isEqualTo(state.authorId());
      assertThat((long) entry.vnode().dataVersion()).as(path).isEqualTo(state.dataVersion());
    }
    assertThat(entries.get("/link").target()).contains("docs/deep/text");
    assertThat(entries.get("/mount").kind()).isEqualTo(VnodeKind.MOUNT_POINT);
    assertThat(entries.get("/mount").target()).contains("#root.cell.");
    DumpAcl acl = entries.get("/docs/deep").acl().orElseThrow();
    assertThat(acl.toString()).startsWith("-204 rlidwka, -101 rlidwka; not ").endsWith(" wA");
    assertThat(acl.toOctets())
        .isEqualTo(
            entries.get("/docs/deep").vnode().fields().all().stream()
                .filter(field -> field.tag() == 'A')
                .findFirst()
                .orElseThrow()
                .value());
    assertThat(entries.get("/docs").acl()).isEqualTo(entries.get("").acl());
  }

  @Test
  void filesAreReadFromADump() throws IOException {
    VolumeDump dump = VolumeDump.of(whole);
    for (String path :
        Set.of("/big", "/docs/empty", "/docs/deep/the same text", "/many/moved/in")) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      dump.cat(path, out);
      assertThat(Arrays.equals(out.toByteArray(), filled.data().get(path))).as(path).isTrue();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    dump.cat("link", out);
    assertThat(out.toByteArray()).isEqualTo(filled.data().get("/docs/deep/text"));
  }

  @Test
  void aDumpIsExtracted() throws IOException {
    Path to = folder.resolve("out");
    DumpReport report = VolumeDump.of(whole).extract(to);
    assertThat(report.sound()).isTrue();
    assertThat(report.findings()).hasSize(2); // the mount point, and the link to elsewhere
    for (String path : Set.of("/big", "/docs/empty", "/docs/deep/text", "/many/moved/in")) {
      assertThat(
              Arrays.equals(
                  Files.readAllBytes(to.resolve(path.substring(1))), filled.data().get(path)))
          .as(path)
          .isTrue();
    }
    assertThat(to.resolve("link"))
        .isSymbolicLink()
        .hasBinaryContent(filled.data().get("/docs/deep/text"));
  }

  /** Of a directory from which nothing was removed the uniquifiers tell who came first. */
  @Test
  void ourDirectoriesAreLaidOutAsTheServersAre() throws IOException {
    int docs = filled.fids().get("/docs").vnode();
    int full = filled.fids().get("/full").vnode();
    int compared = 0;
    try (DumpReader in = DumpReader.of(FileChannel.open(whole))) {
      int vnode = 0;
      for (DumpEvent event = in.next(); !(event instanceof DumpEnd); event = in.next()) {
        if (event instanceof VnodeHeader head) {
          vnode = head.vnode();
        } else if (vnode == docs || vnode == full) {
          byte[] pages = in.data().readAllBytes();
          DumpDirectory directory = DumpDirectory.parse(pages);
          assertThat(directory.faults()).isEmpty();
          List<DirectoryEntry> entries =
              directory.entries().stream()
                  .sorted(
                      Comparator.comparing((DirectoryEntry entry) -> !entry.isDots())
                          .thenComparingInt(entry -> entry.isDots() ? 0 : entry.unique()))
                  .toList();
          assertThat(DumpDirectory.toOctets(entries)).isEqualTo(Octets.of(pages));
          compared++;
        }
      }
    }
    assertThat(compared).isEqualTo(2);
  }

  /** Dumped, parsed, written again, restored under another name: vos dumps the same of both. */
  @Test
  void aDumpThatWeWroteIsRestored(Cell cell) throws IOException {
    Path file = whole;
    Path again = folder.resolve("again");
    try (FileChannel from = FileChannel.open(file);
        FileChannel to =
            FileChannel.open(again, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        DumpReader in = DumpReader.of(from);
        DumpWriter out = DumpWriter.to(to)) {
      out.copy(in);
    }
    assertThat(Files.mismatch(file, again)).isEqualTo(-1);

    int copy = restored(cell, COPY);
    AFSVolClient client = volumes.client();
    try (VolumeTransaction open = volumes.begin(copy, A, Opening.OFFLINE)) {
      RestoreCookie cookie = new RestoreCookie(COPY, 0, 0, copy);
      try (SplitCall<?> call = client.restore(open.id(), 0, cookie);
          DumpReader in = DumpReader.of(FileChannel.open(file))) {
        DumpWriter.to(call.request()).copy(in);
        call.end();
      }
      open.bringOnline();
      assertThat(open.end()).isZero();
    }
    Path ofVolume = vosDump(cell, VOLUME);
    Path ofCopy = vosDump(cell, COPY);
    assertThat(vnodes(ofCopy)).isEqualTo(vnodes(ofVolume)).isEqualTo(vnodes(file));
    assertThat(volumeFields(ofCopy)).isEqualTo(volumeFields(ofVolume));
    byte[] expected = filled.data().get("/big");
    AFSFid big = filled.fids().get("/big");
    assertThat(Arrays.equals(filled.read(new AFSFid(copy, big.vnode(), big.unique())), expected))
        .isTrue();
  }

  private static Path vosDump(Cell cell, String name) {
    Path file = folder.resolve(name + ".vos");
    cell.run("vos", "dump", name, "-file", file.toString()).ok();
    return file;
  }

  /** All octets from the first vnode to the end. */
  private static String vnodes(Path file) throws IOException {
    long begin;
    try (DumpReader in = DumpReader.of(FileChannel.open(file))) {
      DumpEvent event = in.next();
      while (!(event instanceof VnodeHeader) && !(event instanceof DumpEnd)) {
        event = in.next();
      }
      begin = in.offset();
    }
    byte[] octets = Files.readAllBytes(file);
    assertThat(octets.length - begin).isGreaterThan(FilledVolume.BIG);
    return digest(Arrays.copyOfRange(octets, (int) begin, octets.length));
  }

  private static String digest(byte[] octets) {
    try {
      byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(octets);
      return octets.length + " " + java.util.HexFormat.of().formatHex(digest);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<Integer, DumpField> volumeFields(Path file) throws IOException {
    try (DumpReader in = DumpReader.of(FileChannel.open(file))) {
      in.next();
      VolumeHeader volume = (VolumeHeader) in.next();
      return volume.fields().all().stream()
          .filter(field -> !OF_THE_COPY.contains((char) field.tag()))
          .collect(Collectors.toMap(DumpField::tag, field -> field));
    }
  }

  /** Since a date when nothing changed any more: directories, and files without anything. */
  @Test
  void anIncrementalDumpHasWhatChanged() throws IOException {
    Path file = dumped("since", Instant.now().plus(Duration.ofHours(1)));
    DumpReport report = VolumeDump.of(file).check();
    assertThat(report.findings()).isEmpty();
    assertThat(report.header().orElseThrow().incremental()).isTrue();
    Map<String, DumpEntry> entries = list(file);
    assertThat(entries.get("/docs/deep").kind()).isEqualTo(VnodeKind.DIRECTORY);
    assertThat(entries.get("/big").kind()).isEqualTo(VnodeKind.UNCHANGED);
    assertThat(entries.keySet()).containsAll(filled.fids().keySet());
  }
}
