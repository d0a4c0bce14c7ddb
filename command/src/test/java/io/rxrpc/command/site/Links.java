// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.command.site;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;

/** The destinations of a document's links and pictures. */
final class Links extends AbstractVisitor {
  private final List<String> found = new ArrayList<>();

  private Links() {}

  static List<String> of(Node document) {
    Links links = new Links();
    document.accept(links);
    return links.found;
  }

  /** Whether it is an address of its own rather than a place in the project. */
  static boolean leavesTheProject(String destination) {
    return destination.matches("[a-z][a-z0-9+.-]*:.*");
  }

  @Override
  public void visit(Link link) {
    found.add(link.getDestination());
    visitChildren(link);
  }

  @Override
  public void visit(Image image) {
    found.add(image.getDestination());
    visitChildren(image);
  }
}
