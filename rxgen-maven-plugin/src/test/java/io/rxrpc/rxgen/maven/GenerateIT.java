// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project outside of this repository, built by Maven with the goal as it is packaged. */
class GenerateIT {
  private static final Path ROOT =
      Path.of(System.getProperty("basedir", ".")).toAbsolutePath().resolve("..").normalize();

  private static final Map<String, String> MODULES =
      Map.of(
          "rxrpc-udp", "udp",
          "rxrpc-core", "core",
          "rxrpc-xdr", "xdr",
          "rxrpc-rpc", "rpc",
          "rxrpc-rxgen", "rxgen-compiler",
          "rxrpc-rxgen-maven-plugin", "rxgen-maven-plugin");

  @TempDir private Path folder;
  private Path repository;
  private Path project;
  private String rootPom;

  @BeforeEach
  void makeProject() throws IOException {
    rootPom = Files.readString(ROOT.resolve("pom.xml"));
    repository = folder.resolve("repository");
    project = Files.createDirectory(folder.resolve("project"));
    linkRepository();
    install("rxrpc-parent", ROOT.resolve("pom.xml"), null);
    for (Map.Entry<String, String> module : MODULES.entrySet()) {
      Path of = ROOT.resolve(module.getValue());
      String jar = module.getKey() + "-" + version() + ".jar";
      install(module.getKey(), of.resolve("pom.xml"), of.resolve("target").resolve(jar));
    }
    Files.writeString(project.resolve("pom.xml"), pom());
    Files.createDirectories(project.resolve("src/main/rxgen"));
    describe("package ONE_ struct thing { Date when; }; Get(OUT thing *what) = 1;");
  }

  /**
   * The user's own repository with links, but for what this build makes: that is not to go there.
   */
  private void linkRepository() throws IOException {
    Path local =
        Path.of(
            System.getProperty(
                "localRepository", System.getProperty("user.home") + "/.m2/repository"));
    Files.createDirectories(repository.resolve("io/rxrpc"));
    for (Path from : List.of(local, local.resolve("io"))) {
      Path to = repository.resolve(local.relativize(from));
      try (Stream<Path> entries = Files.list(from)) {
        for (Path entry : entries.filter(Files::isDirectory).toList()) {
          Path link = to.resolve(entry.getFileName());
          if (!Files.exists(link)) {
            Files.createSymbolicLink(link, entry);
          }
        }
      }
    }
  }

  /** JUnit would not follow the links when it tidies up, but say so for each of them. */
  @AfterEach
  void unlink() throws IOException {
    for (Path of : List.of(repository, repository.resolve("io"))) {
      try (Stream<Path> entries = Files.list(of)) {
        for (Path link : entries.filter(Files::isSymbolicLink).toList()) {
          Files.delete(link);
        }
      }
    }
  }

  private void install(String artifact, Path pom, Path jar) throws IOException {
    Path to = Files.createDirectories(repository.resolve("io/rxrpc/" + artifact + "/" + version()));
    Files.copy(pom, to.resolve(artifact + "-" + version() + ".pom"));
    if (jar != null) {
      Files.copy(jar, to.resolve(artifact + "-" + version() + ".jar"));
    }
  }

  private String version() {
    return found("<artifactId>rxrpc-parent</artifactId>\\s*<version>(.*?)<");
  }

  private String pluginVersion(String artifact) {
    return found("<artifactId>" + artifact + "</artifactId>\\s*<version>(.*?)<");
  }

  private String found(String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(rootPom);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  private String pom() {
    return """
    <project xmlns="http://maven.apache.org/POM/4.0.0">
      <modelVersion>4.0.0</modelVersion>
      <groupId>org.example</groupId>
      <artifactId>outside</artifactId>
      <version>1</version>
      <properties>
        <maven.compiler.release>25</maven.compiler.release>
        <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
      </properties>
      <dependencies>
        <dependency>
          <groupId>io.rxrpc</groupId>
          <artifactId>rxrpc-rpc</artifactId>
          <version>VERSION</version>
        </dependency>
      </dependencies>
      <build>
        <plugins>
          <plugin>
            <artifactId>maven-resources-plugin</artifactId>
            <version>RESOURCES</version>
          </plugin>
          <plugin>
            <artifactId>maven-compiler-plugin</artifactId>
            <version>COMPILER</version>
          </plugin>
          <plugin>
            <groupId>io.rxrpc</groupId>
            <artifactId>rxrpc-rxgen-maven-plugin</artifactId>
            <version>VERSION</version>
            <executions>
              <execution>
                <goals>
                  <goal>generate</goal>
                </goals>
                <configuration>
                  <packageName>org.example.made</packageName>
                  <macros>
                    <Date>afs_uint32</Date>
                  </macros>
                  <names>
                    <thing>Matter</thing>
                  </names>
                </configuration>
              </execution>
            </executions>
          </plugin>
        </plugins>
      </build>
    </project>
    """
        .replace("VERSION", version())
        .replace("RESOURCES", pluginVersion("maven-resources-plugin"))
        .replace("COMPILER", pluginVersion("maven-compiler-plugin"));
  }

  private void describe(String text) throws IOException {
    Files.writeString(project.resolve("src/main/rxgen/one.xg"), text);
  }

  private record Build(int exit, String output) {}

  private Build build() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("mvn", "-o", "-B", "-ntp"));
    command.add("-Dmaven.repo.local=" + repository);
    command.add("compile");
    ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("MAVEN_OPTS");
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    return new Build(process.exitValue(), output);
  }

  private Path made(String type) {
    return project.resolve("target/generated-sources/rxgen/org/example/made/" + type + ".java");
  }

  @Test
  void aProjectOutsideIsBuiltStepByStep() throws Exception {
    Build first = build();
    assertThat(first.exit()).as(first.output()).isZero();
    assertThat(first.output()).contains("5 files written, 0 unchanged, 0 removed");
    assertThat(project.resolve("target/classes/org/example/made/OneClient.class")).exists();
    assertThat(made("Matter")).content().contains("int when");

    FileTime old = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(made("OneClient"), old);
    Build second = build();
    assertThat(second.output()).contains("0 files written, 5 unchanged, 0 removed");
    assertThat(Files.getLastModifiedTime(made("OneClient"))).isEqualTo(old);

    describe("package ONE_ Get(OUT int *what, OUT int *more) = 1;");
    Build third = build();
    assertThat(third.exit()).as(third.output()).isZero();
    assertThat(third.output()).contains("1 removed");
    assertThat(made("Matter")).doesNotExist();
    assertThat(made("One")).content().contains("record GetResult");

    describe("package ONE_\nGet(OUT nothing *what) = 1;");
    Build wrong = build();
    assertThat(wrong.exit()).isNotZero();
    assertThat(wrong.output())
        .contains("one.xg:2:9: no type 'nothing' is defined")
        .contains("1 description is wrong, see above");
    assertThat(made("One")).content().contains("record GetResult");
  }
}
