// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.mutate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * One change that PIT made to a class, and what became of it.
 *
 * @param type simple name of the class, of the outer one where it is inside another
 * @param method the method that was changed
 * @param mutator what was done, {@code Math}
 * @param line number of the line
 * @param text the line, without blanks around it
 * @param description what was done, for people
 * @param fate what became of it
 */
record Mutant(
    String type,
    String method,
    String mutator,
    int line,
    String text,
    String description,
    Fate fate) {
  /** What became of a mutant. */
  enum Fate {
    /** A test failed, or did not end. */
    KILLED,
    /** Tests ran over it and all passed. */
    SURVIVED,
    /** No test came there. */
    NOT_COVERED
  }

  /** Reads PIT's mutations.xml; {@code sources} is where the classes' sources lie. */
  static List<Mutant> read(Path xml, Path sources) throws IOException {
    List<Mutant> mutants = new ArrayList<>();
    NodeList nodes;
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      nodes = factory.newDocumentBuilder().parse(xml.toFile()).getElementsByTagName("mutation");
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(xml + " cannot be read", e);
    }
    for (int i = 0; i < nodes.getLength(); i++) {
      mutants.add(of((Element) nodes.item(i), sources));
    }
    return mutants;
  }

  private static Mutant of(Element mutation, Path sources) throws IOException {
    String full = text(mutation, "mutatedClass").replaceFirst("[$].*", "");
    int line = Integer.parseInt(text(mutation, "lineNumber"));
    Path source = sources.resolve(full.replace('.', '/') + ".java");
    List<String> lines = Files.exists(source) ? Files.readAllLines(source) : List.of();
    String mutator = text(mutation, "mutator");
    return new Mutant(
        full.substring(full.lastIndexOf('.') + 1),
        text(mutation, "mutatedMethod"),
        mutator
            .substring(mutator.lastIndexOf('.') + 1)
            .replaceFirst("Mutator(_.*)?$", "")
            .replaceFirst("Vals$", ""),
        line,
        line >= 1 && line <= lines.size() ? lines.get(line - 1).strip() : "",
        text(mutation, "description"),
        switch (mutation.getAttribute("status")) {
          case "SURVIVED" -> Fate.SURVIVED;
          case "NO_COVERAGE" -> Fate.NOT_COVERED;
          case "KILLED", "TIMED_OUT", "MEMORY_ERROR", "RUN_ERROR" -> Fate.KILLED;
          default -> throw new IOException("a mutant that is " + mutation.getAttribute("status"));
        });
  }

  private static String text(Element parent, String name) {
    return parent.getElementsByTagName(name).item(0).getTextContent();
  }
}
