// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Listing a dump, and reading one file of it by its path. */
class DumpListTest {
  private static VolumeMaker maker() {
    VolumeMaker maker = new VolumeMaker();
    int sub = 5; // made last, so that a directory lies before the one that it is in
    maker.directory(1, "docs"); // 3
    maker.directory(1, "empty"); // 5
    int deep = maker.directory(3, "deep"); // 7
    int two = maker.file(deep, "two", "second");
    maker.file(1, "one", "first");
    maker.name(two, deep, "zwei");
    maker.symlink(1, "early", "docs/deep/two"); // 6
    maker.symlink(3, "up", "../one");
    maker.symlink(1, "dir", "./docs//deep/");
    maker.symlink(1, "out", "/afs/x");
    maker.symlink(1, "above", "../x");
    maker.symlink(1, "me", "me");
    maker.mountPoint(sub, "vol", "#root.cell.");
    maker.file(sub, "nothing", new byte[0]);
    maker.file(1, "caf\u00e9 \udcff", "odd");
    maker.symlink(1, "late", "last");
    maker.file(1, "last", "end");
    return maker;
  }

  private static Map<String, DumpEntry> list(VolumeDump dump) throws IOException {
    Map<String, DumpEntry> entries = new LinkedHashMap<>();
    assertThat(dump.list(entry -> entries.put(entry.path(), entry)).findings()).isEmpty();
    return entries;
  }

  @Test
  void everyNameIsListedOnceDirectoriesFirst() throws IOException {
    Map<String, DumpEntry> entries = list(maker().dump());
    assertThat(entries.keySet())
        .containsExactly(
            "/",
            "/docs",
            "/empty",
            "/docs/deep",
            "/docs/deep/two",
            "/docs/deep/zwei",
            "/one",
            "/early",
            "/docs/up",
            "/dir",
            "/out",
            "/above",
            "/me",
            "/empty/vol",
            "/empty/nothing",
            "/caf\u00e9 \udcff",
            "/late",
            "/last");
    DumpEntry one = entries.get("/one");
    assertThat(one.kind()).isEqualTo(VnodeKind.FILE);
    assertThat(one.size()).isEqualTo(5);
    assertThat(one.mode()).isEqualTo(0644);
    assertThat(one.modified()).isEqualTo(VolumeMaker.DATE);
    assertThat(one.modeText()).isEqualTo("-rw-r--r--");
    assertThat(one.vnode().owner()).isEqualTo(8);
    assertThat(one.acl()).isEmpty();
    assertThat(entries.get("/docs").acl()).contains(VolumeMaker.ACL);
    assertThat(entries.get("/docs").modeText()).isEqualTo("drwxr-xr-x");
    assertThat(entries.get("/early").target()).contains("docs/deep/two");
    assertThat(entries.get("/early").modeText()).isEqualTo("lrwxr-xr-x");
    assertThat(entries.get("/empty/vol").kind()).isEqualTo(VnodeKind.MOUNT_POINT);
    assertThat(entries.get("/empty/vol").target()).contains("#root.cell.");
    assertThat(entries.get("/docs/deep/zwei").vnode().links()).isEqualTo(2);
  }

  @Test
  void countsAreReported() throws IOException {
    byte[] octets = maker().octets();
    DumpReport report = VolumeDump.of(DumpSource.of(octets)).list(entry -> {});
    assertThat(report.files()).isEqualTo(5);
    assertThat(report.directories()).isEqualTo(4);
    assertThat(report.symlinks()).isEqualTo(7);
    assertThat(report.mountPoints()).isEqualTo(1);
    assertThat(report.octets()).isEqualTo(octets.length);
    assertThat(report.header().orElseThrow().name()).isEqualTo("sample");
    assertThat(report.volume().orElseThrow().id()).isEqualTo(VolumeMaker.ID);
    assertThat(report.complete()).isTrue();
  }

  /** A directory whose own number is below that of the one it was moved into. */
  @Test
  void pathsDoNotDependOnTheOrderOfDirectories() throws IOException {
    VolumeMaker maker = new VolumeMaker();
    maker.directory(1, "moved"); // 3
    int later = maker.directory(1, "later"); // 5
    maker.file(3, "file", "x");
    maker.entry(later, new DirectoryEntry("inside", 3, 2));
    VolumeMaker changed =
        maker.changingEntries(
            e -> e.name().equals("moved") ? new DirectoryEntry("other", 2, 4) : e);
    List<String> paths = new ArrayList<>();
    changed.dump().list(entry -> paths.add(entry.path()));
    assertThat(paths).contains("/later/inside", "/later/inside/file", "/other");
  }

  @Test
  void whatHasNoNameIsListedByItsNumbers() throws IOException {
    VolumeMaker maker = new VolumeMaker();
    int lost = maker.directory(1, "lost");
    maker.file(lost, "in", "x");
    maker.file(1, "gone", "y");
    VolumeMaker changed =
        maker.changingEntries(
            e ->
                switch (e.name()) {
                  case "lost", "gone" -> new DirectoryEntry(e.name(), e.vnode(), 99);
                  default -> e;
                });
    List<String> paths = new ArrayList<>();
    DumpReport report = changed.dump().list(entry -> paths.add(entry.path()));
    assertThat(paths).containsExactly("/", "#3.2", "#3.2/in", "#4.4");
    assertThat(report.findings())
        .extracting(DumpFinding::problem)
        .containsExactly("no name leads to it");
  }

  @ParameterizedTest
  @CsvSource({
    "/one, first",
    "one, first",
    "//docs/./deep//zwei, second",
    "docs/../one, first",
    "early, second",
    "docs/up, first",
    "dir/two, second",
    "dir/../up, first",
    "late, end",
    "empty/nothing, ''"
  })
  void aFileIsReadByItsPath(String path, String data) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(maker().dump().cat(path, out)).isEqualTo(data.length());
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(data);
  }

  @Test
  void aNameThatIsNoUtf8IsFoundAsItIsListed() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(maker().dump().cat("/caf\u00e9 \udcff", out)).isEqualTo(3);
  }

  private static void refused(String path, Class<?> type, String message) {
    assertThatThrownBy(() -> maker().dump().cat(path, new ByteArrayOutputStream()))
        .isInstanceOf(type)
        .hasMessage(message);
  }

  @Test
  void whatIsNoFileHasAnErrorThatSaysSo() {
    refused("nope", NoSuchFileException.class, "nope: no 'nope' in /");
    refused("docs/nope/x", NoSuchFileException.class, "docs/nope/x: no 'nope' in /docs");
    refused("docs", FileSystemException.class, "docs: is a directory");
    refused("/", FileSystemException.class, "/: is a directory");
    refused("dir", FileSystemException.class, "dir: is a directory");
    refused("one/x", NotDirectoryException.class, "one/x: a file is on the way");
    refused("../x", FileSystemException.class, "../x: leads out of the volume");
    refused("above", FileSystemException.class, "above: leads out of the volume");
    refused("out", FileSystemException.class, "out: a symlink to /afs/x, out of the volume");
    refused("me", FileSystemLoopException.class, "me: more than 40 symlinks");
    refused(
        "empty/vol/x",
        FileSystemException.class,
        "empty/vol/x: 'vol' is a mount point, #root.cell.: its volume is not in this dump");
    refused("a\u001bb", NoSuchFileException.class, "a\\033b: no 'a\\033b' in /");
  }

  /** A directory has the name, but nothing changed in the file since the dump before. */
  @Test
  void anIncrementalDumpSaysWhatItDoesNotHave() throws IOException {
    VolumeMaker maker = new VolumeMaker().since(1000);
    maker.file(1, "same", "old");
    maker.file(1, "new", "data");
    maker.entry(1, new DirectoryEntry("absent", 44, 44));
    VolumeDump dump =
        maker
            .changing(
                head ->
                    head.vnode() == 2 ? new VnodeHeader(2, head.unique(), DumpFields.NONE) : head)
            .dump();
    List<DumpEntry> entries = new ArrayList<>();
    dump.list(entries::add);
    assertThat(entries)
        .extracting(entry -> entry.path() + " " + entry.kind())
        .containsExactly("/ DIRECTORY", "/same UNCHANGED", "/new FILE");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(dump.cat("new", out)).isEqualTo(4);
    assertThatThrownBy(() -> dump.cat("same", out))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("it did not change, so that this incremental dump has no data of it");
    assertThatThrownBy(() -> dump.cat("absent", out))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("the dump does not have its vnode");
    assertThat(dump.check().findings()).isEmpty();
    assertThat(dump.check().unchanged()).isEqualTo(1);
  }

  /** Servers may be asked to leave out what is in directories that did not change. */
  @Test
  void aDirectoryThatDidNotChangeHasAPathAndNoNames() throws IOException {
    VolumeMaker maker = new VolumeMaker().since(1000);
    int same = maker.directory(1, "same");
    maker.file(same, "changed", "data");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DumpWriter to = DumpWriter.to(out);
    DumpReader in = DumpReader.of(DumpSource.of(maker.octets()).open());
    boolean left = false;
    for (DumpEvent event = in.next(); !(event instanceof DumpEnd); event = in.next()) {
      if (event instanceof VnodeHeader head) {
        left = head.vnode() == same;
        to.write(left ? new VnodeHeader(same, head.unique(), DumpFields.NONE) : head);
      } else if (event instanceof VnodeData data) {
        if (!left) {
          to.write(data, in.data());
        }
      } else {
        to.write(event);
      }
    }
    to.write(new DumpEnd());
    VolumeDump dump = VolumeDump.of(DumpSource.of(out.toByteArray()));
    List<String> entries = new ArrayList<>();
    DumpReport report = dump.list(entry -> entries.add(entry.path() + " " + entry.kind()));
    assertThat(entries).containsExactly("/ DIRECTORY", "/same UNCHANGED", "#2.3 FILE");
    assertThat(report.findings()).isEmpty();
    assertThat(dump.check().findings()).isEmpty();
    assertThatThrownBy(() -> dump.cat("same/changed", out))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage("same/changed: the dump does not have the directory 'same'");
  }

  @Test
  void whatTheSinkThrowsComesOut() {
    IOException mine = new IOException("enough");
    assertThatThrownBy(
            () ->
                maker()
                    .dump()
                    .list(
                        entry -> {
                          throw mine;
                        }))
        .isSameAs(mine);
  }
}
