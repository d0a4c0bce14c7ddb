// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Extracting a dump to a folder, and what names and links must not do there. */
class DumpExtractTest {
  @TempDir private Path temp;

  private List<String> tree() throws IOException {
    try (Stream<Path> all = Files.walk(temp.resolve("out"))) {
      return all.map(path -> temp.resolve("out").relativize(path).toString())
          .filter(path -> !path.isEmpty())
          .sorted()
          .toList();
    }
  }

  private DumpReport extract(VolumeMaker maker) throws IOException {
    return maker.dump().extract(temp.resolve("out"));
  }

  private static List<String> problems(DumpReport report) {
    return report.findings().stream().map(DumpFinding::problem).toList();
  }

  @Test
  void filesFoldersAndLinksAreMade() throws IOException {
    VolumeMaker maker = new VolumeMaker();
    int docs = maker.directory(1, "docs");
    int deep = maker.directory(docs, "deep");
    int file = maker.file(deep, "file", "some data");
    maker.name(file, deep, "same");
    maker.file(1, "empty", "");
    maker.symlink(docs, "link", "../docs/deep/file");
    maker.mountPoint(1, "mnt", "#root.cell.");
    DumpReport report = extract(maker);
    assertThat(tree())
        .containsExactly(
            "docs", "docs/deep", "docs/deep/file", "docs/deep/same", "docs/link", "empty");
    Path out = temp.resolve("out");
    assertThat(out.resolve("docs/link")).hasContent("some data").isSymbolicLink();
    assertThat(Files.isSameFile(out.resolve("docs/deep/file"), out.resolve("docs/deep/same")))
        .isTrue();
    assertThat(out.resolve("empty")).isEmptyFile();
    for (String name : List.of("docs", "docs/deep", "docs/deep/file", "empty")) {
      assertThat(Files.getLastModifiedTime(out.resolve(name)).toInstant())
          .as(name)
          .isEqualTo(VolumeMaker.DATE);
    }
    assertThat(problems(report))
        .containsExactly("/mnt is a mount point, #root.cell.: nothing was made");
    assertThat(report.sound()).isTrue();
    assertThat(report.files()).isEqualTo(2);
  }

  @Test
  void nobodyElseMayWriteWhatWasExtracted() throws IOException {
    VolumeMaker maker = new VolumeMaker();
    maker.directory(1, "folder");
    maker.file(1, "file", "x");
    extract(
        maker.changing(
            head ->
                new VnodeHeader(
                    head.vnode(),
                    head.unique(),
                    head.fields().with(VnodeTag.MODE.of(head.type() == 2 ? 0 : 07777)))));
    Path out = temp.resolve("out");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve("file"))))
        .isEqualTo("rwxr-xr-x");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve("folder"))))
        .isEqualTo("rwx------");
  }

  /** A directory may hold any octets as a name, written there by hand. */
  private static VolumeMaker named(String placeholder, String name) {
    VolumeMaker maker = new VolumeMaker();
    maker.file(1, placeholder, "evil");
    return maker.changingEntries(
        e -> e.name().equals(placeholder) ? new DirectoryEntry(name, e.vnode(), e.unique()) : e);
  }

  @ParameterizedTest
  @CsvSource({
    "'a\u0001b', a%01b",
    "'\u001b[2J', %1B%5B2J",
    "'x\udcff', x%FF",
    "' blank ', ' blank '",
    "'back\\slash', 'back\\slash'",
    "'%41', '%41'",
    "'a:b', 'a:b'"
  })
  void namesThatAreNoneAreWrittenAsOctets(String name, String made) throws IOException {
    DumpReport report = extract(named("xxxxxx", name));
    assertThat(problems(report)).isEmpty();
    assertThat(tree()).containsExactly(made);
  }

  /** The writer refuses such names, so the octets of a directory are changed. */
  @ParameterizedTest
  @CsvSource({
    "xxxxxxxxx, ../../etc, %2E.%2F..%2Fetc",
    "xxxxxxxxx, /etc/pass, %2Fetc%2Fpass",
    "xxx, a/b, a%2Fb"
  })
  void namesThatLeadElsewhereDoNot(String placeholder, String name, String made)
      throws IOException {
    VolumeMaker maker = new VolumeMaker();
    maker.file(1, placeholder, "evil");
    byte[] octets = maker.octets();
    String text = new String(octets, java.nio.charset.StandardCharsets.ISO_8859_1);
    byte[] changed =
        text.replace(placeholder, name).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(changed).isNotEqualTo(octets);
    DumpReport report = VolumeDump.of(DumpSource.of(changed)).extract(temp.resolve("out"));
    assertThat(tree()).containsExactly(made);
    assertThat(report.sound()).isFalse(); // such a directory is damaged
    try (Stream<Path> beside = Files.list(temp)) {
      assertThat(beside).containsExactly(temp.resolve("out"));
    }
  }

  @ParameterizedTest
  @CsvSource({"/etc/passwd", "../out2", "..", "a/../..", "sub/../../x", "x/../y", "../../x", "''"})
  void linksThatMayLeadOutAreNotMade(String target) throws IOException {
    VolumeMaker maker = new VolumeMaker();
    maker.symlink(1, "bad", target);
    DumpReport report = extract(maker);
    assertThat(tree()).isEmpty();
    assertThat(problems(report))
        .containsExactly(
            "the symlink /bad to " + target + " was not made: it leads out of the folder");
  }

  @ParameterizedTest
  @CsvSource({"file", "./file", "../file", "../sub/deeper", "..", "gone"})
  void linksWithinAreMade(String target) throws IOException {
    VolumeMaker maker = new VolumeMaker();
    int sub = maker.directory(1, "sub");
    maker.symlink(sub, "good", target);
    assertThat(problems(extract(maker))).isEmpty();
    assertThat(Files.readSymbolicLink(temp.resolve("out/sub/good"))).hasToString(target);
  }

  /** A symlink and a directory of the same name: whatever comes first, nothing goes through it. */
  @Test
  void nothingIsWrittenThroughALink() throws IOException {
    VolumeMaker maker = new VolumeMaker();
    maker.symlink(1, "name", "../outside");
    int folder = maker.directory(1, "name");
    maker.file(folder, "file", "x");
    maker.symlink(1, "same", "name");
    maker.file(1, "same", "y");
    DumpReport report = extract(maker);
    assertThat(tree()).containsExactly("name", "name/file", "same");
    assertThat(Files.isDirectory(temp.resolve("out/name"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(temp.resolve("out/same")).hasContent("y");
    assertThat(problems(report)).hasSize(2);
    assertThat(problems(report).getLast()).contains("another vnode has this name");
    assertThat(temp.resolve("outside")).doesNotExist();
  }

  @Test
  void equalNamesDoNotReplaceEachOther() throws IOException {
    VolumeMaker maker = new VolumeMaker();
    maker.file(1, "same", "first");
    maker.file(1, "same", "second");
    int folder = maker.directory(1, "dir");
    int other = maker.directory(1, "dir");
    maker.file(folder, "a", "a");
    maker.file(other, "b", "b");
    DumpReport report = extract(maker);
    assertThat(temp.resolve("out/same")).hasContent("first");
    assertThat(tree()).containsExactly("dir", "dir/a", "same");
    assertThat(report.errors()).isEqualTo(4);
    assertThat(problems(report)).contains("was not extracted: /dir/b", "was not extracted: /same");
  }

  @Test
  void whatNoNameLeadsToIsExtractedByItsNumbers() throws IOException {
    VolumeMaker maker = new VolumeMaker();
    int lost = maker.directory(1, "lost");
    int inside = maker.directory(lost, "inside");
    maker.file(inside, "file", "x");
    maker.file(1, "gone", "y");
    extract(
        maker.changingEntries(
            e ->
                switch (e.name()) {
                  case "lost", "gone" -> new DirectoryEntry(e.name(), e.vnode(), 99);
                  default -> e;
                }));
    assertThat(tree()).containsExactly("#3.2", "#3.2/inside", "#3.2/inside/file", "#4.5");
  }

  @Test
  void loopsOfDirectoriesBecomeFolders() throws IOException {
    VolumeMaker maker = new VolumeMaker();
    int a = maker.directory(1, "a");
    int b = maker.directory(a, "b");
    maker.entry(b, new DirectoryEntry("again", a, 2));
    maker.file(b, "file", "data");
    extract(
        maker.changingEntries(e -> e.name().equals("a") ? new DirectoryEntry("gone", 99, 99) : e));
    assertThat(tree()).hasSize(3).anyMatch(path -> path.endsWith("/file"));
  }

  @Test
  void aFolderWithSomethingInItIsLeftAlone() throws IOException {
    Files.createDirectory(temp.resolve("out"));
    Files.writeString(temp.resolve("out/mine"), "keep");
    assertThatThrownBy(() -> extract(new VolumeMaker()))
        .isInstanceOf(DirectoryNotEmptyException.class);
    assertThat(tree()).containsExactly("mine");
  }
}
