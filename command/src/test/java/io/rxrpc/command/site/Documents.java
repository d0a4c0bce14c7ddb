// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.command.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;

/**
 * All Markdown documents of the project that people read: those at its top and all below docs.
 *
 * @param project its top
 * @param pages each document by its path from there, with slashes
 */
public record Documents(Path project, Map<String, Node> pages) {
  static final List<TablesExtension> EXTENSIONS =
      List.of((TablesExtension) TablesExtension.create());

  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

  /** Reads them. */
  public static Documents of(Path project) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> top = Files.list(project)) {
      top.filter(f -> f.toString().endsWith(".md")).forEach(files::add);
    }
    try (Stream<Path> docs = Files.walk(project.resolve("docs"))) {
      docs.filter(f -> f.toString().endsWith(".md")).forEach(files::add);
    }
    Map<String, Node> pages = new TreeMap<>();
    for (Path file : files) {
      pages.put(name(project, file), PARSER.parse(Files.readString(file)));
    }
    return new Documents(project, pages);
  }

  private static String name(Path project, Path file) {
    return project.relativize(file).toString().replace('\\', '/');
  }

  /** Where a link of a document leads, from the top of the project; null out of it. */
  String target(String page, String destination) {
    String path = destination.replaceFirst("#.*", "");
    if (path.isEmpty()) {
      return page;
    }
    Path from = project.resolve(page).getParent();
    Path to = (from == null ? project : from).resolve(path).normalize();
    return to.startsWith(project) ? name(project, to) : null;
  }

  /** Everything wrong with the links of all documents. */
  public List<String> brokenLinks() {
    List<String> broken = new ArrayList<>();
    Map<String, List<String>> anchors = new TreeMap<>();
    pages.forEach((page, node) -> anchors.put(page, Anchors.of(node)));
    pages.forEach(
        (page, node) -> {
          for (String link : Links.of(node)) {
            String wrong = wrong(page, link, anchors);
            if (!wrong.isEmpty()) {
              broken.add(page + ": " + link + ": " + wrong);
            }
          }
        });
    return broken;
  }

  private String wrong(String page, String link, Map<String, List<String>> anchors) {
    if (Links.leavesTheProject(link)) {
      return "";
    }
    String target = target(page, link);
    if (target == null) {
      return "leads out of the project";
    }
    if (!Files.exists(project.resolve(target))) {
      return "there is no " + target;
    }
    int hash = link.indexOf('#');
    List<String> known = anchors.get(target);
    if (hash >= 0 && known != null && !known.contains(link.substring(hash + 1))) {
      return target + " has no such heading";
    }
    return "";
  }

  /** Files that documents link to, and that are no documents. */
  List<String> linkedFiles() {
    List<String> linked = new ArrayList<>();
    pages.forEach(
        (page, node) -> {
          for (String link : Links.of(node)) {
            String target = Links.leavesTheProject(link) ? null : target(page, link);
            if (target != null && !pages.containsKey(target) && isFile(target)) {
              linked.add(target);
            }
          }
        });
    return linked.stream().distinct().sorted().toList();
  }

  private boolean isFile(String target) {
    return Files.isRegularFile(project.resolve(target));
  }

  /** The text of a file of the project. */
  byte[] read(String file) {
    try {
      return Files.readAllBytes(project.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
