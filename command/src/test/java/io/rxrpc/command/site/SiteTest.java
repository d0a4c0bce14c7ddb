// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.command.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents, and the site that is made of them. */
class SiteTest {
  private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();

  @TempDir private Path folder;

  @Test
  void everyLinkOfTheDocumentsLeadsSomewhere() throws IOException {
    assertThat(Documents.of(PROJECT).brokenLinks()).isEmpty();
  }

  @Test
  void everyDocumentIsInTheIndex() throws IOException {
    Documents documents = Documents.of(PROJECT);
    assertThat(
            Links.of(documents.pages().get("docs/README.md")).stream()
                .map(link -> documents.target("docs/README.md", link)))
        .containsAll(
            documents.pages().keySet().stream()
                .filter(page -> page.startsWith("docs/") && !page.equals("docs/README.md"))
                .filter(page -> !page.startsWith("docs/protocol/")) // these have an index of theirs
                .toList());
  }

  @Test
  void theSiteIsWholeAndFetchesNothing() throws IOException {
    Documents documents = Documents.of(PROJECT);
    Path site = folder.resolve("site");
    new Site(documents, site).write();
    assertThat(SiteCheck.of(site)).isEmpty();
    assertThat(site.resolve("index.html")).exists();
    assertThat(Files.readString(site.resolve("docs/modules.html")))
        .contains("<table>", "search.js", "id=\"q\"");
    assertThat(Files.readString(site.resolve("search-index.js")))
        .contains("docs/tokens.html")
        .startsWith("window.searchIndex = [");
  }

  @Test
  void brokenLinksAreFound() throws IOException {
    Files.createDirectories(folder.resolve("docs"));
    Files.writeString(folder.resolve("README.md"), "# A b\n[x](docs/x.md#there) [y](docs/y.md)\n");
    Files.writeString(
        folder.resolve("docs/x.md"), "# Not there\n[back](../README.md#a-b) [out](../../z.md)\n");
    assertThat(Documents.of(folder).brokenLinks())
        .containsExactly(
            "README.md: docs/x.md#there: docs/x.md has no such heading",
            "README.md: docs/y.md: there is no docs/y.md",
            "docs/x.md: ../../z.md: leads out of the project");
  }

  @Test
  void aSiteWithABrokenLinkOrAForeignScriptIsFound() throws IOException {
    Files.writeString(
        folder.resolve("a.html"),
        "<a href=\"b.html\">b</a><a href=\"#c\">c</a><script src=\"https://x.example/y.js\">");
    assertThat(SiteCheck.of(folder))
        .containsExactly(
            "a.html: b.html: there is no such page or file",
            "a.html: #c: the page has no such place",
            "a.html: https://x.example/y.js: would be fetched from elsewhere");
  }

  @Test
  void anchorsAreThoseOfTheHostsOfRepositories() {
    assertThat(Anchors.slug("What `rxrpc` can't do, and why"))
        .isEqualTo("what-rxrpc-cant-do-and-why");
    assertThat(Anchors.slug("A verb of one's own")).isEqualTo("a-verb-of-ones-own");
  }
}
