// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.command.site;

import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Text;

/** What the search looks through: each section of each document with its words. */
final class SearchIndex extends AbstractVisitor {
  private final String address;
  private final List<String> anchors;
  private final List<Map<String, String>> sections;
  private StringBuilder words = new StringBuilder();
  private String page = "";

  private SearchIndex(String address, Node document, List<Map<String, String>> sections) {
    this.address = address;
    this.anchors = new ArrayList<>(Anchors.of(document));
    this.sections = sections;
    begin(Site.title(document), "");
  }

  /** As a script, so that pages opened from a disk can read it too. */
  static String of(Documents documents) {
    List<Map<String, String>> sections = new ArrayList<>();
    documents
        .pages()
        .forEach(
            (name, document) -> {
              SearchIndex index = new SearchIndex(Site.address(name), document, sections);
              document.accept(index);
              index.end();
            });
    return "window.searchIndex = " + new Gson().toJson(sections) + ";\n";
  }

  private void begin(String title, String anchor) {
    page = page.isEmpty() ? title : page;
    Map<String, String> section = new LinkedHashMap<>();
    section.put("page", page);
    section.put("title", title);
    section.put("address", address + (anchor.isEmpty() ? "" : "#" + anchor));
    sections.add(section);
    words = new StringBuilder();
  }

  private void end() {
    sections.getLast().put("words", words.toString().replaceAll("\\s+", " ").strip());
  }

  @Override
  public void visit(Heading heading) {
    end();
    begin(Anchors.text(heading), anchors.removeFirst());
  }

  @Override
  public void visit(Text text) {
    words.append(text.getLiteral()).append(' ');
  }

  @Override
  public void visit(Code code) {
    words.append(code.getLiteral()).append(' ');
  }

  @Override
  public void visit(FencedCodeBlock block) {
    words.append(block.getLiteral()).append(' ');
  }

  @Override
  public void visit(IndentedCodeBlock block) {
    words.append(block.getLiteral()).append(' ');
  }
}
