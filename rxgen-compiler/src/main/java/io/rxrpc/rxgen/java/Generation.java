// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.java;

import io.rxrpc.rxgen.model.Constant;
import io.rxrpc.rxgen.model.Definition;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.model.RpcPackage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** All source files of a description. */
public final class Generation {
  private final Description description;
  private final String packageName;
  private final NameTable names;
  private final Map<String, String> files = new TreeMap<>();

  private Generation(Description description, String packageName, Map<String, String> wanted) {
    this.description = description;
    this.packageName = packageName;
    this.names = new NameTable(description, wanted);
  }

  /**
   * The texts of the files by their names, which are relative to the folder of the package.
   *
   * @param wanted Java names for types and packages, by the description's
   */
  public static Map<String, String> run(
      Description description, String packageName, Map<String, String> wanted) {
    Limits.check(description);
    Generation generation = new Generation(description, packageName, wanted);
    generation.run();
    return generation.files;
  }

  private void run() {
    constants();
    for (Definition definition : description.definitions().values()) {
      if (names.isElsewhere(definition)) {
        continue;
      }
      String name = names.type(definition.name());
      String file = definition.place().file();
      switch (definition) {
        case Definition.EnumType type ->
            file(name, file, unit -> new EnumWriter(unit).write(type, name));
        case Definition.StructType type ->
            file(name, file, unit -> new StructWriter(unit, types(unit)).write(type, name));
        case Definition.UnionType type ->
            file(
                name,
                file,
                unit -> new UnionWriter(unit, types(unit), description, names).write(type, name));
        case Definition.Alias _ -> {}
      }
    }
    description.packages().forEach(this::rpcPackage);
  }

  private void rpcPackage(RpcPackage p) {
    String family = names.family(p);
    String file = p.place().file();
    file(family, file, unit -> new PackageWriter(unit, types(unit), names).write(p));
    file(
        family + "Client",
        file,
        unit -> new ClientWriter(unit, types(unit), names, p).writeBlocking());
    file(
        family + "AsyncClient",
        file,
        unit -> new ClientWriter(unit, types(unit), names, p).writeAsync());
    file(family + "Service", file, unit -> new ServiceWriter(unit, types(unit), names, p).write());
  }

  private void constants() {
    Map<String, List<Constant>> byClass = new LinkedHashMap<>();
    for (Constant constant : description.constants()) {
      byClass.computeIfAbsent(names.constantClass(constant), _ -> new ArrayList<>()).add(constant);
    }
    byClass.forEach(
        (name, constants) -> {
          String file = constants.getFirst().place().file();
          file(name, file, unit -> new ConstantsWriter(unit).write(constants, name, base(file)));
        });
  }

  private TypeMap types(Unit unit) {
    return new TypeMap(description, names, unit);
  }

  private void file(String type, String source, Consumer<Unit> writer) {
    Unit unit = new Unit(packageName, base(source));
    writer.accept(unit);
    files.put(type + ".java", unit.text());
  }

  /** The name of a file without its folder, so that it does not matter where it lies. */
  private static String base(String file) {
    return file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  }
}
