// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.command.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks through a site as a browser would: every link leads somewhere, and nothing is fetched. */
final class SiteCheck {
  private static final Pattern REFERENCE = Pattern.compile("<(\\w+)[^>]* (href|src)=\"([^\"]*)\"");

  private SiteCheck() {}

  /** What is wrong, a line for each. */
  static List<String> of(Path site) throws IOException {
    List<String> wrong = new ArrayList<>();
    try (Stream<Path> files = Files.walk(site)) {
      for (Path page : files.filter(f -> f.toString().endsWith(".html")).sorted().toList()) {
        Matcher reference = REFERENCE.matcher(Files.readString(page));
        while (reference.find()) {
          String why = wrong(site, page, reference.group(1), reference.group(3));
          if (!why.isEmpty()) {
            wrong.add(site.relativize(page) + ": " + reference.group(3) + ": " + why);
          }
        }
      }
    }
    return wrong;
  }

  private static String wrong(Path site, Path page, String tag, String reference)
      throws IOException {
    if (Links.leavesTheProject(reference)) {
      return tag.equals("a") ? "" : "would be fetched from elsewhere";
    }
    int hash = reference.indexOf('#');
    String path = hash < 0 ? reference : reference.substring(0, hash);
    Path target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
    if (!target.startsWith(site) || !Files.isRegularFile(target)) {
      return "there is no such page or file";
    }
    String place = hash < 0 ? "" : reference.substring(hash + 1);
    boolean there =
        place.isEmpty()
            || !target.toString().endsWith(".html")
            || Files.readString(target).contains("id=\"" + place + "\"");
    return there ? "" : "the page has no such place";
  }
}
