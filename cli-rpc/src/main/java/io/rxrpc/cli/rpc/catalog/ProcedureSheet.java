// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.catalog;

import io.rxrpc.afs.WellKnownService;
import io.rxrpc.cli.rpc.builtin.BuiltInProcedure;
import io.rxrpc.rxgen.model.DeclaredProcedure.Mode;
import io.rxrpc.rxgen.model.DeclaredProcedure.Parameter;
import io.rxrpc.rxgen.model.Definition;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.model.Field;
import io.rxrpc.rxgen.model.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything that is known of a procedure, for people and for programs. */
final class ProcedureSheet {
  private static final int NAME_WIDTH = 20;

  private final BuiltInProcedure procedure;
  private final Description description;
  private final TypeWords words;
  private final List<String> lines = new ArrayList<>();

  private ProcedureSheet(BuiltInProcedure procedure) {
    this.procedure = procedure;
    this.description = procedure.description();
    this.words = new TypeWords(description);
  }

  /** The lines for a person. */
  static List<String> lines(BuiltInProcedure procedure) {
    ProcedureSheet sheet = new ProcedureSheet(procedure);
    sheet.write();
    return sheet.lines;
  }

  /** One object. */
  static Map<String, Object> json(BuiltInProcedure procedure) {
    WellKnownService service = procedure.service().service();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("procedure", procedure.name());
    json.put("label", procedure.label());
    json.put("opcode", procedure.model().opcode());
    json.put("service", service.label());
    json.put("service_id", service.id());
    if (service.port() != 0) {
      json.put("port", service.port());
    }
    json.put("split", procedure.model().mode() == Mode.SPLIT);
    json.put("permitted", procedure.permitted());
    json.put("text", procedure.model().documentation().text());
    TypeTree types = new TypeTree(procedure.description());
    List<Object> parameters = new ArrayList<>();
    for (Parameter parameter : procedure.model().parameters()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", parameter.name());
      row.put("direction", parameter.direction().name().toLowerCase(Locale.ROOT));
      types.describe(parameter.type(), row);
      row.put("text", meaning(procedure, parameter));
      parameters.add(row);
    }
    json.put("parameters", parameters);
    return json;
  }

  private void write() {
    WellKnownService service = procedure.service().service();
    Paragraphs.wrap(
        lines,
        "",
        procedure.name()
            + ", opcode "
            + procedure.model().opcode()
            + " of "
            + service.label()
            + " ("
            + service.meaning()
            + ")");
    for (String paragraph : procedure.model().documentation().text().split("\n", -1)) {
      if (!paragraph.isEmpty()) {
        lines.add("");
        Paragraphs.wrap(lines, "", paragraph);
      }
    }
    lines.add("");
    if (!procedure.permitted().isEmpty()) {
      Paragraphs.wrap(lines, "Who may: ", procedure.permitted());
    }
    parameters("Takes", procedure.model().in());
    parameters("Gives", procedure.model().out());
    if (procedure.model().mode() == Mode.SPLIT) {
      lines.add("Data goes between parameters and results: --in and --out.");
    }
    types();
    lines.add("");
    lines.add("Call: " + call());
  }

  private void parameters(String head, List<Parameter> parameters) {
    if (parameters.isEmpty()) {
      lines.add(head + " nothing.");
      return;
    }
    lines.add(head + ":");
    for (Parameter parameter : parameters) {
      String meaning = meaning(procedure, parameter);
      Paragraphs.wrap(
          lines,
          "  " + padded(parameter.name()),
          words.of(parameter.type()) + (meaning.isEmpty() ? "" : ": " + meaning));
    }
  }

  private static String meaning(BuiltInProcedure procedure, Parameter parameter) {
    return procedure.model().documentation().parameters().getOrDefault(parameter.name(), "");
  }

  /** The structures and unions that its parameters are made of. */
  private void types() {
    Set<String> seen = new LinkedHashSet<>();
    for (Parameter parameter : procedure.model().parameters()) {
      type(parameter.type(), seen);
    }
  }

  private void type(Type type, Set<String> seen) {
    switch (description.resolved(type)) {
      case Type.Array array -> type(array.element(), seen);
      case Type.Sequence sequence -> type(sequence.element(), seen);
      case Type.Optional optional -> type(optional.target(), seen);
      case Type.Named named -> {
        if (seen.add(named.name())) {
          definition(description.definition(named), seen);
        }
      }
      case Type.Scalar _, Type.Text _, Type.Opaque _, Type.FixedOpaque _ -> {}
    }
  }

  private void definition(Definition definition, Set<String> seen) {
    switch (definition) {
      case Definition.StructType struct -> {
        List<Field> fields = Chains.values(description, struct);
        head(struct.name());
        fields.forEach(field -> field(field, ""));
        fields.forEach(field -> type(field.type(), seen));
      }
      case Definition.UnionType union -> {
        head(union.name());
        field(union.discriminator(), "");
        List<Field> held = new ArrayList<>();
        for (Definition.Arm arm : union.arms()) {
          Field field = arm.field();
          if (field != null) {
            field(field, "if " + (arm.isDefault() ? "anything else" : labels(arm)) + ": ");
            held.add(field);
          }
        }
        held.forEach(field -> type(field.type(), seen));
      }
      case Definition.EnumType _, Definition.Alias _ -> {}
    }
  }

  private void head(String name) {
    lines.add("");
    lines.add(name + ":");
  }

  private void field(Field field, String when) {
    Paragraphs.wrap(lines, "  " + padded(field.name()), when + words.of(field.type()));
  }

  private static String labels(Definition.Arm arm) {
    return arm.labels().stream()
        .map(label -> Objects.requireNonNullElse(label.name(), Integer.toString(label.value())))
        .collect(Collectors.joining(" or "));
  }

  private String call() {
    WellKnownService service = procedure.service().service();
    StringBuilder call = new StringBuilder("rxrpc call HOST");
    call.append(service.port() == 0 ? ":PORT/" : "/").append(service.label());
    call.append(' ').append(procedure.model().name());
    for (Parameter parameter : procedure.model().in()) {
      call.append(' ').append(parameter.name()).append("=...");
    }
    return call.toString();
  }

  private static String padded(String name) {
    return name.length() < NAME_WIDTH ? name + " ".repeat(NAME_WIDTH - name.length()) : name + "  ";
  }
}
