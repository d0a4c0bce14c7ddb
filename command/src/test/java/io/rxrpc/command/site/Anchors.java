// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.command.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/** The anchors of a document's headings, as the usual hosts of repositories make them. */
final class Anchors extends AbstractVisitor {
  private final List<String> found = new ArrayList<>();

  private Anchors() {}

  /** In the order of the headings; a second one of a name bears a number. */
  static List<String> of(Node document) {
    Anchors anchors = new Anchors();
    document.accept(anchors);
    return anchors.found;
  }

  @Override
  public void visit(Heading heading) {
    String plain = slug(text(heading));
    String anchor = plain;
    for (int n = 1; found.contains(anchor); n++) {
      anchor = plain + "-" + n;
    }
    found.add(anchor);
  }

  /** Small letters, hyphens for spaces, and nothing else but digits and underscores. */
  static String slug(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }

  /** What a reader sees of a node and what is in it. */
  static String text(Node node) {
    StringBuilder text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text piece) {
            text.append(piece.getLiteral());
          }

          @Override
          public void visit(Code code) {
            text.append(code.getLiteral());
          }

          @Override
          public void visit(SoftLineBreak end) {
            text.append(' ');
          }

          @Override
          public void visit(HardLineBreak end) {
            text.append(' ');
          }
        });
    return text.toString();
  }
}
