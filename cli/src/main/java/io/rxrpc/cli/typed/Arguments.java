// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.typed;

import io.rxrpc.rxgen.model.DeclaredProcedure.Parameter;
import io.rxrpc.rxgen.model.Definition;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.model.Field;
import io.rxrpc.rxgen.model.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a call as somebody wrote them: {@code name=value}, {@code entry.kind=value},
 * and a JSON object below these.
 *
 * <p>A parameter is named by its whole name, or by its end in any case of letters where no other
 * one ends so: {@code name} for {@code volumename}.
 *
 * <p>A value is taken as it stands where the type is a number, an enum, a string or octets; one
 * that begins with a quotation mark is a JSON string, which can have every character. Values of all
 * other types are JSON.
 */
public final class Arguments {
  /** Shorter ends are the end of too many names. */
  private static final int LEAST_END = 2;

  private final DescribedProcedure procedure;
  private final Hints hints;
  private final Map<String, @Nullable Object> values;
  private final List<String> given = new ArrayList<>();

  private Arguments(
      DescribedProcedure procedure, Hints hints, Map<String, @Nullable Object> values) {
    this.procedure = procedure;
    this.hints = hints;
    this.values = values;
  }

  /**
   * Reads them.
   *
   * @param json a JSON object, or null
   * @param words each {@code name=value}; they win over what the object has
   * @throws RefusedException naming what cannot be understood, or is no parameter
   */
  public static Map<String, @Nullable Object> of(
      DescribedProcedure procedure, Interfaces from, @Nullable String json, List<String> words)
      throws RefusedException {
    Map<String, @Nullable Object> base =
        json == null ? new LinkedHashMap<>() : JsonText.object(json);
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    Arguments arguments = new Arguments(procedure, from.hints(), values);
    for (Map.Entry<String, @Nullable Object> entry : base.entrySet()) {
      String name = arguments.parameter(entry.getKey()).name();
      if (values.containsKey(name)) {
        throw new RefusedException(name + ": this parameter stands twice in the JSON");
      }
      values.put(name, entry.getValue());
    }
    for (String word : words) {
      arguments.add(word);
    }
    return values;
  }

  private void add(String word) throws RefusedException {
    int equals = word.indexOf('=');
    if (equals < 1) {
      throw new RefusedException(
          "'" + word + "' is no parameter: write NAME=VALUE" + takes(procedure.in()));
    }
    String path = whole(word.substring(0, equals));
    String text = word.substring(equals + 1);
    for (String before : given) {
      if (before.equals(path) || before.startsWith(path + ".")) {
        throw new RefusedException(path + ": this parameter is given twice");
      }
    }
    given.add(path);
    put(path.split("\\.", -1), path, text);
  }

  /** The path with its parameter's whole name. */
  private String whole(String path) throws RefusedException {
    int dot = path.indexOf('.');
    String first = dot < 0 ? path : path.substring(0, dot);
    return parameter(first).name() + path.substring(first.length());
  }

  private void put(String[] names, String path, String text) throws RefusedException {
    Type type = parameter(names[0]).type();
    Map<String, @Nullable Object> at = values;
    String key = names[0];
    for (int i = 1; i < names.length; i++) {
      String whole = String.join(".", List.of(names).subList(0, i));
      Field field = field(type, whole, names[i]);
      at = inner(at, key, whole);
      key = names[i];
      type = field.type();
    }
    try {
      at.put(key, value(type, text));
    } catch (RefusedException e) {
      throw e.within(path);
    }
  }

  private Parameter parameter(String name) throws RefusedException {
    for (Parameter parameter : procedure.in()) {
      if (parameter.name().equals(name)) {
        return parameter;
      }
    }
    List<Parameter> ending = ending(name);
    if (ending.size() == 1) {
      return ending.getFirst();
    }
    if (!ending.isEmpty()) {
      throw new RefusedException(
          name
              + ": several parameters of "
              + procedure.name()
              + " end so: write "
              + ending.stream().map(Parameter::name).collect(Collectors.joining(" or ")));
    }
    boolean result = procedure.out().stream().anyMatch(p -> p.name().equals(name));
    List<String> names = procedure.in().stream().map(Parameter::name).toList();
    throw new RefusedException(
        name
            + ": "
            + procedure.name()
            + (result ? " gives this back and does not take it" : " has no such parameter")
            + (result ? "" : hints.of(name, names))
            + takes(procedure.in()));
  }

  /** The parameters that the end of a name stands for: {@code name} for {@code volumename}. */
  private List<Parameter> ending(String name) {
    String end = name.toLowerCase(Locale.ROOT);
    return end.length() < LEAST_END
        ? List.of()
        : procedure.in().stream()
            .filter(p -> p.name().toLowerCase(Locale.ROOT).endsWith(end))
            .toList();
  }

  private static String takes(List<Parameter> parameters) {
    List<String> names = parameters.stream().map(Parameter::name).toList();
    return "; it takes " + (names.isEmpty() ? "none" : String.join(", ", names));
  }

  /** The field of a structure or union. */
  private Field field(Type type, String path, String name) throws RefusedException {
    Description description = procedure.description();
    Type resolved = description.resolved(type);
    List<Field> fields = new ArrayList<>();
    if (resolved instanceof Type.Optional optional) {
      return field(optional.target(), path, name);
    }
    if (resolved instanceof Type.Named named) {
      switch (description.definition(named)) {
        case Definition.StructType struct -> fields.addAll(struct.fields());
        case Definition.UnionType union -> {
          fields.add(union.discriminator());
          union.arms().stream()
              .map(Definition.Arm::field)
              .filter(Objects::nonNull)
              .forEach(fields::add);
        }
        default -> {}
      }
    }
    if (fields.isEmpty()) {
      throw new RefusedException(path + "." + name + ": " + type + " has no fields");
    }
    for (Field field : fields) {
      if (field.name().equals(name)) {
        return field;
      }
    }
    throw new RefusedException(
        path
            + "."
            + name
            + ": "
            + type
            + " has no such field"
            + hints.of(name, fields.stream().map(Field::name).toList()));
  }

  /** The object in there, made where there is none yet. */
  @SuppressWarnings("unchecked") // JsonText and this make no other maps
  private static Map<String, @Nullable Object> inner(
      Map<String, @Nullable Object> at, String key, String path) throws RefusedException {
    Object there = at.get(key);
    if (there == null) {
      Map<String, @Nullable Object> made = new LinkedHashMap<>();
      at.put(key, made);
      return made;
    }
    if (there instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw new RefusedException(path + ": this is no object, so its fields cannot be given");
  }

  private @Nullable Object value(Type type, String text) throws RefusedException {
    Description description = procedure.description();
    return switch (description.resolved(type)) {
      case Type.Scalar _, Type.Text _, Type.FixedOpaque _, Type.Opaque _ -> plain(text);
      case Type.Array array -> elements(array.element(), text);
      case Type.Sequence sequence -> elements(sequence.element(), text);
      case Type.Optional optional -> text.equals("null") ? null : value(optional.target(), text);
      case Type.Named named ->
          description.definition(named) instanceof Definition.EnumType
              ? plain(text)
              : JsonText.parse(text);
    };
  }

  /** Characters are text, whatever other arrays are. */
  private @Nullable Object elements(Type element, String text) throws RefusedException {
    Type resolved = procedure.description().resolved(element);
    return resolved == Type.Scalar.CHAR || resolved == Type.Scalar.UNSIGNED_CHAR
        ? plain(text)
        : JsonText.parse(text);
  }

  private static @Nullable Object plain(String text) throws RefusedException {
    return text.startsWith("\"") ? JsonText.parse(text) : text;
  }
}
