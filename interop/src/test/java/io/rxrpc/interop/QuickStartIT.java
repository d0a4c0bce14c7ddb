// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.interop.peers.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AOT cache of the command: used where it fits, and otherwise passed over in silence. */
class QuickStartIT {
  private static final Path BUILT =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("../command/target/lib");

  @TempDir private Path folder;

  private Programs.Result java(String main, List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("--enable-native-access=io.rxrpc.udp,io.rxrpc.tokens");
    command.addAll(List.of("-p", folder.resolve("lib").toString()));
    command.addAll(List.of("-m", "io.rxrpc.cli/io.rxrpc.cli." + main));
    command.addAll(List.of(arguments));
    return Programs.run(Duration.ofMinutes(2), command);
  }

  private Path copyOfTheJars() throws IOException {
    Path lib = Files.createDirectory(folder.resolve("lib"));
    try (Stream<Path> jars = Files.list(BUILT.normalize())) {
      for (Path jar : jars.toList()) {
        Files.copy(jar, lib.resolve(jar.getFileName()));
      }
    }
    return lib;
  }

  private void isSilent(Path cache, String... options) {
    List<String> all = new ArrayList<>(List.of("-XX:AOTCache=" + cache));
    all.addAll(List.of("-Xlog:aot*=off", "-Xlog:cds*=off")); // as ./rxrpc says
    all.addAll(List.of(options));
    Programs.Result result = java("Rxrpc", all, "--version");
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(result.err()).as(all.toString()).isEmpty();
    assertThat(result.out()).as(all.toString()).startsWith("rxrpc ").hasLineCount(1);
  }

  @Test
  void aCacheThatFitsIsUsedAndOthersArePassedOverInSilence() throws IOException {
    Path lib = copyOfTheJars();
    Path cache = folder.resolve("rxrpc.aot");
    List<String> options =
        List.of(
            "-XX:+UseSerialGC",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-AOTRecordTraining",
            "-XX:AOTCacheOutput=" + cache);
    java("Rehearsal", options).ok();
    assertThat(cache).isNotEmptyFile();

    String serial = "-XX:+UseSerialGC";
    Programs.Result used =
        java("Rxrpc", List.of(serial, "-XX:AOTCache=" + cache, "-Xlog:class+load"), "--version");
    assertThat(used.out().lines())
        .filteredOn(line -> line.contains("io.rxrpc.") && line.contains("shared objects file"))
        .hasSizeGreaterThan(5);
    isSilent(cache, serial);
    isSilent(cache, "-XX:+UseParallelGC");
    isSilent(cache, serial, "-XX:-UseCompressedOops");
    isSilent(cache, serial, "--limit-modules", "io.rxrpc.command,io.rxrpc.cli");

    Path jar;
    try (Stream<Path> jars = Files.list(lib)) {
      jar = jars.filter(j -> j.getFileName().toString().startsWith("gson")).findAny().orElseThrow();
    }
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000_000_000L));
    isSilent(cache, serial); // the jars of another build
    Files.write(cache, new byte[100_000]);
    isSilent(cache, serial); // rubbish
    Files.delete(cache);
    isSilent(cache, serial);
  }
}
