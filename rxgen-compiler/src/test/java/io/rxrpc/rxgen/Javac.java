// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A compiler with the lint of this project's own main code, every warning an error. */
final class Javac {
  private static final List<String> OF_ERROR_PRONE =
      List.of("api", "code", "file", "main", "model", "parser", "processing", "tree", "util");

  private Javac() {}

  /** What it says about the sources under a folder; empty when all is well. */
  static String compile(Path sources, Path classes) throws IOException, InterruptedException {
    String path = System.getProperty("java.class.path");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    for (String part : OF_ERROR_PRONE) {
      command.add("-J--add-exports=jdk.compiler/com.sun.tools.javac." + part + "=ALL-UNNAMED");
    }
    for (String part : List.of("code", "comp")) {
      command.add("-J--add-opens=jdk.compiler/com.sun.tools.javac." + part + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-J-Xmx512m", "-J-XX:+UseSerialGC", "-d", classes.toString()));
    command.addAll(List.of("-cp", path, "-processorpath", path, "-proc:none"));
    command.addAll(List.of("-Xmaxwarns", "1000", "-Xmaxerrs", "1000"));
    command.addAll(List.of("-XDcompilePolicy=simple", "--should-stop=ifError=FLOW"));
    command.addAll(List.of("--release", "25", "-Werror", property("javac.lint")));
    command.add(
        "-Xplugin:ErrorProne "
            + property("errorprone.common").replaceFirst("-XepExcludedPaths:\\S+", "").strip());
    try (Stream<Path> files = Files.walk(sources)) {
      files.filter(f -> f.toString().endsWith(".java")).map(Path::toString).forEach(command::add);
    }
    Path arguments = Files.createTempFile("javac", ".args");
    List<String> quoted = command.subList(1, command.size()).stream().map(Javac::quoted).toList();
    List<String> options = quoted.stream().filter(o -> !o.startsWith("\"-J")).toList();
    List<String> jvm = command.stream().filter(o -> o.startsWith("-J")).toList();
    Files.write(arguments, options);
    List<String> all = new ArrayList<>(List.of(command.getFirst()));
    all.addAll(jvm);
    all.add("@" + arguments);
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    Files.delete(arguments);
    return process.exitValue() == 0 ? said : said + "\nexit code " + process.exitValue();
  }

  private static String quoted(String argument) {
    return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** A property of the parent pom: this test's lint cannot differ from the build's. */
  private static String property(String name) throws IOException {
    String pom = Files.readString(Path.of(System.getProperty("basedir", "."), "..", "pom.xml"));
    Matcher matcher =
        Pattern.compile("<" + Pattern.quote(name) + ">(.*?)</", Pattern.DOTALL).matcher(pom);
    assertThat(matcher.find()).as(name).isTrue();
    return matcher.group(1).strip();
  }
}
