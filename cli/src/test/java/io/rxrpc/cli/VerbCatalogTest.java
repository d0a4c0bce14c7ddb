// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.spi.Verb;
import io.rxrpc.cli.spi.Verbs;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verbs come from modules. */
class VerbCatalogTest {
  @TempDir private Path directory;

  @Test
  void verbsStandInTheOrderOfTheirPlaces() {
    VerbCatalog catalog =
        VerbCatalog.of(
            List.of(
                () -> List.of(verb("zeta", 20), verb("help", 900)),
                () -> List.of(verb("beta", 20), verb("first", 1))));
    assertThat(catalog.names()).containsExactly("first", "beta", "zeta", "help");
  }

  @Test
  void twoVerbsOfOneNameAreADefect() {
    List<Verbs> twice = List.of(() -> List.of(verb("call", 1)), () -> List.of(verb("call", 2)));
    assertThatThrownBy(() -> VerbCatalog.of(twice)).hasMessageContaining("'call'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-x", "Call", "two words", "--call"})
  void aVerbIsAWord(String name) {
    assertThatThrownBy(() -> verb(name, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aVerbOfAnotherModuleIsRunAndHelped() throws IOException, InterruptedException {
    bring(
        "brought.HelloVerbs",
        """
        package brought;

        import io.rxrpc.cli.frame.RootCommand;
        import io.rxrpc.cli.spi.Verb;
        import io.rxrpc.cli.spi.Verbs;
        import java.util.List;
        import java.util.concurrent.Callable;
        import picocli.CommandLine.Command;

        public final class HelloVerbs implements Verbs {
          @Override
          public List<Verb> verbs() {
            return List.of(new Verb("hello", 1, Hello::new));
          }

          @Command(name = "hello", description = "Greet.")
          static final class Hello implements Callable<Integer> {
            private final RootCommand root;

            Hello(RootCommand root) {
              this.root = root;
            }

            @Override
            public Integer call() {
              root.streams().out().println(root.json() ? "{}" : "hello");
              return 3;
            }
          }
        }
        """);
    assertThat(run("hello")).isEqualTo("hello\n3");
    assertThat(run("hello", "--json")).isEqualTo("{}\n3");
    assertThat(run("--help")).contains("hello", "Greet.").endsWith("\n0");
    assertThat(run("helo")).contains("did you mean 'hello'?").endsWith("\n2");
  }

  @Test
  void aBrokenModuleIsToldInOneLine() throws IOException, InterruptedException {
    bring("brought.NoVerbs", "package brought; public final class NoVerbs {}");
    assertThat(run("tunables"))
        .startsWith("rxrpc: a module that brings verbs is broken: ")
        .contains("brought.NoVerbs")
        .endsWith("\n" + ExitCode.BUG)
        .hasLineCount(2);
  }

  private static Verb verb(String name, int place) {
    return new Verb(name, place, root -> root);
  }

  /** Makes a class path of a module that brings verbs. */
  private void bring(String provider, String source) throws IOException {
    String name = provider.substring(provider.indexOf('.') + 1);
    Path file = Files.writeString(directory.resolve(name + ".java"), source);
    Path services = Files.createDirectories(directory.resolve("classes/META-INF/services"));
    Files.writeString(services.resolve(Verbs.class.getName()), provider + "\n");
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                directory.resolve("classes").toString(),
                file.toString());
    assertThat(code).isZero();
  }

  /** Runs the command with that module; what it printed, and its exit code. */
  private String run(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(
        directory.resolve("classes") + File.pathSeparator + System.getProperty("java.class.path"));
    command.add(Rxrpc.class.getName());
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said + process.exitValue();
  }
}
