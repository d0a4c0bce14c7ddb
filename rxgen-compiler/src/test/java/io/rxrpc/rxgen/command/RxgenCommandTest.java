// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command: one line for each problem, and an exit code. */
class RxgenCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Rxgen.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void writesThePackage() throws IOException {
    String file = file("small.xg", "package SMALL_ struct s { int x; }; Get(OUT s *x) = 1;");
    Path to = folder.resolve("to");
    assertThat(run(file, "-d", to.toString())).isZero();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines("5 files written, 0 unchanged, in " + to + "\n");
    assertThat(err.toString()).isEmpty();
    assertThat(to.resolve("small/SmallClient.java")).exists();
    assertThat(run(file, "-d", to.toString())).isZero();
    assertThat(out.toString()).contains("0 files written, 5 unchanged");
  }

  @Test
  void namesThePackageAndTypes() throws IOException {
    String file = file("small.xg", "package SMALL_ struct s { int x; }; Get(OUT s *x) = 1;");
    Path to = folder.resolve("to");
    assertThat(
            run(
                file,
                "-d",
                to.toString(),
                "--package",
                "a.b",
                "--name",
                "SMALL_=Tiny",
                "--name",
                "s=Thing"))
        .isZero();
    assertThat(to.resolve("a/b/TinyClient.java")).exists();
    assertThat(to.resolve("a/b/Thing.java")).exists();
  }

  @Test
  void findsWhatIsIncludedAndDefined() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("inc.xg"), "typedef Date when;");
    String file = file("small.xg", "#include \"inc.xg\"\nstruct s { when x; int y[N]; };");
    assertThat(run(file, "-I", other.toString(), "-D", "Date=afs_uint32", "-DN=3")).isZero();
    assertThat(run(file)).isEqualTo(RxgenCommand.WRONG);
    assertThat(err.toString()).contains("cannot find 'inc.xg' (looked in: ").contains("-I");
  }

  @Test
  void aWrongDescriptionWritesNothing() throws IOException {
    String file = file("bad.xg", "package S_\nGet(IN int x) = 1;\nPut(IN int x) = 1;\nstruct;\n");
    Path to = folder.resolve("to");
    assertThat(run(file, "-d", to.toString())).isEqualTo(RxgenCommand.WRONG);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            file
                + ":4:7: expected the name of a struct, found ';'\n"
                + file
                + ":3:17: opcode 1 again; first on line 2\n");
    assertThat(to).doesNotExist();
  }

  @Test
  void usageIsSaidInOneLine() {
    assertThat(run()).isEqualTo(RxgenCommand.USAGE);
    assertThat(run("none.xg", "-d", "x")).isEqualTo(RxgenCommand.USAGE);
    assertThat(run("--wrong")).isEqualTo(RxgenCommand.USAGE);
    assertThat(err.toString().lines()).hasSize(3).allMatch(line -> line.startsWith("rxgen: "));
    assertThat(err.toString()).contains("cannot read none.xg: no such file");
  }

  @Test
  void aNameThatJavaDoesNotTakeIsRefused() throws IOException {
    String file = file("small.xg", "struct s { int x; };");
    assertThat(run(file, "--package", "a..b")).isEqualTo(RxgenCommand.USAGE);
    assertThat(err.toString()).contains("'a..b' is no name of a Java package");
  }

  @Test
  void descriptionsThatShareAFileMayShareAPackage() throws IOException {
    file("common.xg", "struct shared { int x; };\nconst N = 3;");
    String one = file("one.xg", "#include \"common.xg\"\npackage ONE_ A(IN shared *x) = 1;");
    String two = file("two.xg", "#include \"common.xg\"\npackage TWO_ B(IN shared *x) = 1;");
    assertThat(run(one, two, "-d", folder.resolve("to").toString(), "--package", "p")).isZero();
    String clash = file("three.xg", "struct shared { int y; };");
    assertThat(run(one, clash, "--package", "p")).isEqualTo(RxgenCommand.WRONG);
    assertThat(err.toString()).contains("want different things in p/Shared.java");
  }
}
