// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code ./rxrpc} builds again when any module that the command is made of has changed. */
class LauncherModulesTest {
  private static final Pattern OURS =
      Pattern.compile(
          "<groupId>io\\.rxrpc</groupId>\\s*<artifactId>(rxrpc-[a-z-]+)</artifactId>"
              + "\\s*(<scope>test</scope>)?");
  private static final Pattern OWN =
      Pattern.compile("</parent>[^/]*<artifactId>(rxrpc-[a-z-]+)</artifactId>");

  @Test
  void everyModuleOfTheCommandIsLookedAt() throws IOException {
    Path project = Path.of("").toAbsolutePath().getParent();
    Map<String, String> folders = new LinkedHashMap<>();
    try (var files = Files.list(project)) {
      for (Path pom : files.map(f -> f.resolve("pom.xml")).filter(Files::exists).toList()) {
        Matcher own = OWN.matcher(Files.readString(pom));
        if (own.find()) {
          folders.put(own.group(1), pom.getParent().getFileName().toString());
        }
      }
    }
    Matcher looked =
        Pattern.compile("^modules='([a-z -]+)'$", Pattern.MULTILINE)
            .matcher(Files.readString(project.resolve("rxrpc")));
    assertThat(looked.find()).isTrue();
    assertThat(looked.group(1).split(" "))
        .contains("core", "xdr", "rpc", "load")
        .containsAll(modules(project, folders));
  }

  /** Nobody has tried {@code rxrpc.cmd}; at least it says what {@code rxrpc} says. */
  @Test
  void theLauncherForWindowsStartsTheSame() throws IOException {
    Path project = Path.of("").toAbsolutePath().getParent();
    String windows = Files.readString(project.resolve("rxrpc.cmd"));
    String unix = Files.readString(project.resolve("rxrpc"));
    String image = Files.readString(project.resolve("packaging/image/launch"));
    for (String word :
        new String[] {
          "--enable-native-access=io.rxrpc.udp,io.rxrpc.tokens",
          "io.rxrpc.cli/io.rxrpc.cli.Rxrpc",
          "-XX:+UseSerialGC",
          "RXRPC_JAVA_OPTIONS"
        }) {
      assertThat(unix).contains(word);
      assertThat(image).contains(word);
      assertThat(windows).contains(word);
    }
  }

  private static Set<String> modules(Path project, Map<String, String> folders) throws IOException {
    Set<String> seen = new LinkedHashSet<>();
    Deque<String> left = new ArrayDeque<>(Set.of("command"));
    while (!left.isEmpty()) {
      String folder = left.pop();
      if (!seen.add(folder)) {
        continue;
      }
      String pom = Files.readString(project.resolve(folder).resolve("pom.xml"));
      Matcher dependency = OURS.matcher(pom.substring(pom.indexOf("</parent>")));
      while (dependency.find()) {
        if (dependency.group(2) == null) {
          left.add(folders.get(dependency.group(1)));
        }
      }
    }
    return seen;
  }
}
