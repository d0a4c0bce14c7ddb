// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.model;

import io.rxrpc.rxgen.cpp.CppToken;
import io.rxrpc.rxgen.cpp.Preprocessed;
import io.rxrpc.rxgen.cpp.Preprocessor;
import io.rxrpc.rxgen.cpp.Tokens;
import io.rxrpc.rxgen.source.Problems;
import io.rxrpc.rxgen.source.Source;
import io.rxrpc.rxgen.source.SourceFiles;
import io.rxrpc.rxgen.syntax.Item;
import io.rxrpc.rxgen.syntax.Parser;
import io.rxrpc.rxgen.syntax.PassedLines;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** From a file to what it says. */
public final class ModelBuilder {
  private ModelBuilder() {}

  /**
   * Notes what is wrong in {@code problems}; what it returns is of use only without errors.
   *
   * @param source where it comes from
   * @param files where included files are found
   * @param defined macros and what they stand for
   * @param problems takes what is wrong
   * @return the description
   */
  public static Description build(
      Source source, SourceFiles files, Map<String, String> defined, Problems problems) {
    Preprocessed text = Preprocessor.run(source, files, defined, problems);
    List<Item> items =
        Parser.parse(new Tokens(text.tokens(), text.end()), text.documentation(), problems);
    PassedLines passed = new PassedLines(text.passed(), source, files, defined);
    boolean headers = text.passed().stream().anyMatch(ModelBuilder::includes);

    Constants constants = new Constants(text.macros(), passed, problems);
    for (Item item : items) {
      if (item instanceof Item.Const constant) {
        constants.define(constant.name(), constant.value(), constant.place());
      }
    }
    for (Item item : items) {
      if (item instanceof Item.Enumeration enumeration) {
        constants.enumeration(enumeration);
      }
    }
    Types types = new Types(constants, passed, headers, problems);
    Definitions definitions = new Definitions(types, constants, problems);
    Map<String, Definition> complete = definitions.read(items);
    List<RpcPackage> packages = new Packages(types, constants, problems).read(items);
    definitions.borrow();
    Completeness completeness = new Completeness(types, complete);
    completeness.pruneDefinitions();
    packages = completeness.prune(packages);
    new AliasDepth(complete, problems).check();
    new Soundness(complete, problems).check(packages);
    return new Description(
        source.name(),
        List.copyOf(constants.all(items)),
        Collections.unmodifiableMap(complete),
        List.copyOf(packages));
  }

  private static boolean includes(CppToken line) {
    return line.text().strip().startsWith("#") && line.text().contains("include");
  }
}
