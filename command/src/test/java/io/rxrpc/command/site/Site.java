// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.command.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.HtmlRenderer;

/** Writes the documents as pages of HTML, in the folders that they are in. */
final class Site {
  private final Documents documents;
  private final Path folder;

  Site(Documents documents, Path folder) {
    this.documents = documents;
    this.folder = folder;
  }

  /** Writes all of it. */
  void write() throws IOException {
    String template = new String(resource("page.html"), StandardCharsets.UTF_8);
    for (Map.Entry<String, Node> page : documents.pages().entrySet()) {
      put(address(page.getKey()), html(template, page.getKey(), page.getValue()));
    }
    for (String file : documents.linkedFiles()) {
      put(file, documents.read(file));
    }
    put("site.css", resource("site.css"));
    put("search.js", resource("search.js"));
    put("search-index.js", SearchIndex.of(documents).getBytes(StandardCharsets.UTF_8));
  }

  private void put(String file, byte[] content) throws IOException {
    Path to = folder.resolve(file);
    Files.createDirectories(to.getParent());
    Files.write(to, content);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = Site.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no resource " + name);
      }
      return in.readAllBytes();
    }
  }

  /** Where a document is on the site; the index of a folder is what its README is. */
  static String address(String page) {
    return page.replaceFirst("README\\.md$", "index.html").replaceFirst("\\.md$", ".html");
  }

  private byte[] html(String template, String page, Node document) {
    String up = "../".repeat((int) page.chars().filter(c -> c == '/').count());
    return template
        .replace("${title}", escaped(title(document)))
        .replace("${up}", up)
        .replace("${body}", body(page, document))
        .getBytes(StandardCharsets.UTF_8);
  }

  static String title(Node document) {
    for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading heading) {
        return Anchors.text(heading);
      }
    }
    return "RxRPC for Java";
  }

  private String body(String page, Node document) {
    List<String> anchors = new ArrayList<>(Anchors.of(document));
    return HtmlRenderer.builder()
        .extensions(Documents.EXTENSIONS)
        .attributeProviderFactory(
            context ->
                (node, tag, attributes) -> {
                  if (node instanceof Heading) {
                    attributes.put("id", anchors.removeFirst());
                  } else if (node instanceof Link link && tag.equals("a")) {
                    attributes.put("href", address(page, link.getDestination()));
                  } else if (node instanceof Image image && tag.equals("img")) {
                    attributes.put("src", address(page, image.getDestination()));
                  }
                })
        .build()
        .render(document);
  }

  /** A document's page is linked to, not its source; what is a folder is left to the source. */
  private String address(String page, String link) {
    String target = Links.leavesTheProject(link) ? null : documents.target(page, link);
    if (target == null) {
      return link;
    }
    int hash = link.indexOf('#');
    String place = hash < 0 ? "" : link.substring(hash);
    return documents.pages().containsKey(target) && !link.startsWith("#")
        ? address(link.substring(0, hash < 0 ? link.length() : hash)) + place
        : link;
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
