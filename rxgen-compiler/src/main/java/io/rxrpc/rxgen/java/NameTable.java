// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.java;

import io.rxrpc.rxgen.model.Constant;
import io.rxrpc.rxgen.model.DeclaredProcedure;
import io.rxrpc.rxgen.model.Definition;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.model.Field;
import io.rxrpc.rxgen.model.RpcPackage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The Java names of everything in a description, each used once. */
final class NameTable {
  private final Map<String, String> types = new HashMap<>();
  private final Map<String, String> made = new HashMap<>();
  private final Map<String, String> packages = new HashMap<>();
  private final Map<String, String> constantClasses = new LinkedHashMap<>();
  private final Map<String, Constant> constants = new HashMap<>();
  private final Map<String, String> results = new HashMap<>();

  /** All names of types, in small letters. */
  private final Set<String> taken = Reserved.types();

  NameTable(Description description, Map<String, String> wanted) {
    wanted.forEach((definition, given) -> elsewhere(description, definition, given));
    for (Definition definition : description.definitions().values()) {
      if (!(definition instanceof Definition.Alias) && !isElsewhere(definition)) {
        String given = wanted.get(definition.name());
        String name = given == null ? Spelling.type(definition.name()) : given;
        types.put(definition.name(), Spelling.unique(name, "Type", taken));
      }
    }
    for (RpcPackage p : description.packages()) {
      String given = wanted.get(p.name());
      packages.put(p.name(), family(given == null ? Spelling.type(p.name()) : given));
    }
    for (Constant constant : description.constants()) {
      String file = constant.place().file();
      String stem = Spelling.type(stem(file));
      constantClasses.computeIfAbsent(stem, s -> Spelling.unique(s + "Constants", "File", taken));
      constants.putIfAbsent(constant.name(), constant);
    }
    for (RpcPackage p : description.packages()) {
      for (DeclaredProcedure procedure : p.procedures()) {
        if (procedure.out().size() > 1) {
          String name = Spelling.type(procedure.name()) + "Result";
          results.put(p.name() + procedure.name(), Spelling.unique(name, "Value", taken));
        }
      }
    }
  }

  /** A type that was made of another description: its simple name is taken. */
  private void elsewhere(Description description, String definition, String given) {
    if (given.indexOf('.') < 0) {
      return;
    }
    if (description.packages().stream().anyMatch(p -> p.name().equals(definition))) {
      throw new IllegalArgumentException(
          "package " + definition + " cannot be " + given + ": a type can, a package is made");
    }
    String simple = given.substring(given.lastIndexOf('.') + 1);
    if (!taken.add(simple.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          definition + " cannot be " + given + ": " + simple + " is another type here");
    }
    types.put(definition, simple);
    made.put(definition, given);
  }

  /** Whether it is a type that was made of another description. */
  boolean isElsewhere(Definition definition) {
    return made.containsKey(definition.name());
  }

  /** The name by which a file knows a type. */
  String type(String definition, Unit unit) {
    String given = made.get(definition);
    return given == null ? type(definition) : unit.use(given);
  }

  /** A name for which those of the client and the service are free, too. */
  private String family(String name) {
    String candidate = name;
    for (int i = 1; true; i++) {
      List<String> all = new ArrayList<>();
      for (String suffix : List.of("", "Client", "AsyncClient", "Service")) {
        all.add((candidate + suffix).toLowerCase(Locale.ROOT));
      }
      if (all.stream().noneMatch(taken::contains)) {
        taken.addAll(all);
        return candidate;
      }
      candidate = i == 1 ? name + "Rpc" : name + "Rpc" + i;
    }
  }

  static String stem(String file) {
    String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    int dot = name.indexOf('.', 1);
    String stem = dot < 0 ? name : name.substring(0, dot);
    return stem.replaceAll("[^A-Za-z0-9_]", "_");
  }

  String type(String definition) {
    return String.valueOf(types.get(definition));
  }

  String family(RpcPackage p) {
    return String.valueOf(packages.get(p.name()));
  }

  String result(RpcPackage p, DeclaredProcedure procedure) {
    return family(p) + "." + resultRecord(p, procedure);
  }

  String resultRecord(RpcPackage p, DeclaredProcedure procedure) {
    return String.valueOf(results.get(p.name() + procedure.name()));
  }

  /** The class of the constants of a file. */
  String constantClass(Constant constant) {
    return String.valueOf(constantClasses.get(Spelling.type(stem(constant.place().file()))));
  }

  /** The constant of that name; null where there is none. */
  @Nullable Constant constant(String name) {
    return constants.get(name);
  }

  /** What a constant is called: as the description has it, unless that is a word of Java. */
  static String constantName(String name) {
    return Reserved.isWord(name) ? name + "_" : name;
  }

  private static Map<String, String> members(List<String> names, Predicate<String> reserved) {
    Set<String> used = new TreeSet<>();
    Map<String, String> members = new LinkedHashMap<>();
    for (String name : names) {
      String member = Spelling.member(name);
      if (reserved.test(member)) {
        member += "Value";
      }
      members.put(name, uniqueMember(member, used));
    }
    return members;
  }

  private static String uniqueMember(String name, Set<String> used) {
    String candidate = name;
    for (int i = 2; !used.add(candidate); i++) {
      candidate = name + i;
    }
    return candidate;
  }

  /** Names for the components of a record, by the names that they have in the description. */
  static Map<String, String> fields(List<Field> fields) {
    return members(fields.stream().map(Field::name).toList(), Reserved::isComponent);
  }

  /** Names for parameters, by the names that they have in the description. */
  static Map<String, String> parameters(List<DeclaredProcedure.Parameter> parameters) {
    return members(
        parameters.stream().map(DeclaredProcedure.Parameter::name).toList(), Reserved::isVariable);
  }

  /** A name for a variable that is a component, too. */
  static String discriminant(Field field) {
    return String.valueOf(members(List.of(field.name()), Reserved::isVariable).get(field.name()));
  }

  /** The methods of a package's procedures, by the procedures' names. */
  static Map<String, String> methods(RpcPackage p) {
    Set<String> used = new TreeSet<>();
    Map<String, String> methods = new LinkedHashMap<>();
    for (DeclaredProcedure procedure : p.procedures()) {
      String method = Spelling.member(procedure.name());
      if (Reserved.isMethod(method)) {
        method += "Call";
      }
      methods.put(procedure.name(), uniqueMember(method, used));
    }
    return methods;
  }

  /** The methods that call many servers at once. */
  static Map<String, String> multiMethods(RpcPackage p) {
    Map<String, String> plain = methods(p);
    Set<String> used = new TreeSet<>(plain.values());
    Map<String, String> multi = new LinkedHashMap<>();
    plain.forEach((name, method) -> multi.put(name, uniqueMember(method + "All", used)));
    return multi;
  }

  /** The constants for a package's procedures. */
  static Map<String, String> procedureConstants(RpcPackage p) {
    Set<String> used = new TreeSet<>(Set.of("STATISTICS"));
    Map<String, String> constants = new LinkedHashMap<>();
    for (DeclaredProcedure procedure : p.procedures()) {
      constants.put(procedure.name(), uniqueMember(Spelling.constant(procedure.name()), used));
    }
    return constants;
  }

  /** A name for the record of an arm, which hides no type that its union may use. */
  String arm(String name, Set<String> used) {
    Set<String> all = new TreeSet<>(taken);
    all.addAll(used);
    String arm = Spelling.unique(name, "Arm", all);
    used.add(arm.toLowerCase(Locale.ROOT));
    return arm;
  }
}
