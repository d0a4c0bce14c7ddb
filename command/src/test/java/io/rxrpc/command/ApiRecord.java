// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The API of one module: what the packages have that it exports to everybody.
 *
 * @param folder of the module, at the top of the project
 * @param packages each with how long it can be relied on
 */
record ApiRecord(Path folder, Map<String, Stability> packages) {
  private static final Pattern EXPORTED =
      Pattern.compile("^ *exports ([\\w.]+);", Pattern.MULTILINE);
  private static final Pattern MARK = Pattern.compile("<b>(Experimental|Internal)\\.</b>");

  /** What a package promises, as its own Javadoc says. */
  enum Stability {
    STABLE,
    EXPERIMENTAL,
    INTERNAL
  }

  /** The top of the project; tests run in a folder of a module. */
  static Path project() {
    return Path.of("").toAbsolutePath().getParent();
  }

  /** All modules that export something to everybody. */
  static List<ApiRecord> all(Path project) throws IOException {
    List<ApiRecord> all = new ArrayList<>();
    try (Stream<Path> folders = Files.list(project)) {
      for (Path folder : folders.sorted().toList()) {
        Path module = folder.resolve("src/main/java/module-info.java");
        if (Files.exists(module)) {
          Map<String, Stability> packages = new TreeMap<>();
          Matcher exported = EXPORTED.matcher(Files.readString(module));
          while (exported.find()) {
            packages.put(exported.group(1), stability(folder, exported.group(1)));
          }
          if (!packages.isEmpty()) {
            all.add(new ApiRecord(folder, packages));
          }
        }
      }
    }
    return all;
  }

  private static Stability stability(Path folder, String name) throws IOException {
    Path info =
        folder
            .resolve("src/main/java")
            .resolve(name.replace('.', '/'))
            .resolve("package-info.java");
    Matcher mark = MARK.matcher(Files.readString(info));
    return mark.find()
        ? Stability.valueOf(mark.group(1).toUpperCase(Locale.ROOT))
        : Stability.STABLE;
  }

  /** Where it is written down. */
  Path file() {
    return folder.resolve("api.txt");
  }

  /** The lines of that file, by the class files. */
  List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# The public API of this module; './build api' writes it. docs/api-policy.md");
    for (Map.Entry<String, Stability> entry : packages.entrySet()) {
      Stability stability = entry.getValue();
      lines.add("");
      lines.add(
          "package "
              + entry.getKey()
              + (stability == Stability.STABLE ? "" : " (" + lower(stability) + ")"));
      if (stability != Stability.INTERNAL) {
        lines.addAll(ApiTypes.of(classes(entry.getKey())).lines());
      }
    }
    return lines;
  }

  static String lower(Stability stability) {
    return stability.name().toLowerCase(Locale.ROOT);
  }

  /** Those that the test runs with, where the module is among them; else those of the build. */
  private Path classes(String packageName) {
    String below = packageName.replace('.', '/');
    String module = folder.getFileName().toString();
    List<Path> places = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (entry.endsWith("/" + module + "/main")
          || entry.endsWith("/" + module + "/target/classes")) {
        places.add(Path.of(entry));
      }
    }
    places.add(folder.resolve("target/classes"));
    return places.stream()
        .map(place -> place.resolve(below))
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    module
                        + " exports "
                        + packageName
                        + ", and is not compiled before this test: make it a test dependency of"
                        + " the module command"));
  }
}
