// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is published: every module but those for this project alone, all of one version. */
class PublishedModulesTest {
  private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();

  private static String pom(String module) throws IOException {
    return Files.readString(PROJECT.resolve(module).resolve("pom.xml"));
  }

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  private static String one(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
    return matcher.group(1);
  }

  private static List<String> modules() throws IOException {
    return all("<module>(.*?)</module>", pom("."));
  }

  @Test
  void theBomNamesEveryModuleThatIsPublished() throws IOException {
    TreeMap<String, String> published = new TreeMap<>();
    for (String module : modules()) {
      String pom = pom(module);
      if (!module.equals("bom") && !pom.contains("<maven.deploy.skip>true<")) {
        published.put(one("</parent>\\s*(?:<!--.*?-->\\s*)?<artifactId>(.*?)<", pom), module);
      }
    }
    assertThat(published).containsKeys("rxrpc-core", "rxrpc-afs").doesNotContainKey("rxrpc-bench");
    String managed = pom("bom");
    managed = managed.substring(managed.indexOf("<dependencyManagement>"));
    managed = managed.substring(0, managed.indexOf("</dependencyManagement>"));
    assertThat(new TreeSet<>(all("<artifactId>(.*?)</artifactId>", managed)))
        .as("artifacts of bom/pom.xml")
        .isEqualTo(new TreeSet<>(published.keySet()));
  }

  @Test
  void allOfThemHaveOneVersion() throws IOException {
    String version = one("<artifactId>rxrpc-parent</artifactId>\\s*<version>(.*?)<", pom("."));
    for (String module : modules()) {
      String artifact = module.equals("bom") ? "rxrpc-bom" : "rxrpc-parent";
      assertThat(one("<artifactId>" + artifact + "</artifactId>\\s*<version>(.*?)<", pom(module)))
          .as(module)
          .isEqualTo(version);
    }
    String goals =
        Files.readString(
            PROJECT.resolve("rxgen-maven-plugin/src/main/resources/META-INF/maven/plugin.xml"));
    assertThat(one("<version>(.*?)<", goals)).isEqualTo(version);
  }

  @Test
  void theBomSaysOfTheProjectWhatTheParentSays() throws IOException {
    for (String element : List.of("url", "licenses", "developers", "inceptionYear")) {
      String pattern = "(?s)(<" + element + ">.*?</" + element + ">)";
      assertThat(one(pattern, pom("bom"))).isEqualTo(one(pattern, pom(".")));
    }
    for (String module : modules()) {
      assertThat(one("<name>(.*?)</name>", pom(module))).isNotBlank();
      assertThat(one("<description>(.*?)</description>", pom(module))).isNotBlank();
    }
  }
}
