// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.model;

import io.rxrpc.rxgen.source.Place;
import io.rxrpc.rxgen.source.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether values of the types can exist: none contains itself, none is larger than memory, and
 * arrays have elements that take octets (a count alone must not cost the reader memory).
 */
final class Soundness {
  private static final int MAX_DEPTH = 200;

  private final Map<String, Definition> definitions;
  private final Problems problems;

  /** The least number of octets that a value takes. */
  private final Map<String, Long> least = new HashMap<>();

  private final List<Map.Entry<Type, Place>> elements = new ArrayList<>();
  private final Set<String> open = new HashSet<>();
  private Place place = Place.NOWHERE;

  Soundness(Map<String, Definition> definitions, Problems problems) {
    this.definitions = definitions;
    this.problems = problems;
  }

  void check(Iterable<RpcPackage> packages) {
    for (Definition definition : definitions.values()) {
      least(definition);
    }
    for (RpcPackage p : packages) {
      for (DeclaredProcedure procedure : p.procedures()) {
        for (DeclaredProcedure.Parameter parameter : procedure.parameters()) {
          place = parameter.place();
          least(parameter.type());
        }
      }
    }
    elements.forEach(
        (element) -> {
          place = element.getValue();
          element(element.getKey());
        });
    definitions.values().forEach(this::checkDiscriminator);
  }

  private long least(Definition definition) {
    Long known = least.get(definition.name());
    if (known != null) {
      return known;
    }
    if (!open.add(definition.name())) {
      problems.error(definition.place(), "'" + definition.name() + "' contains itself");
      return 4;
    }
    if (open.size() > MAX_DEPTH) {
      problems.error(
          definition.place(),
          "'" + definition.name() + "' is nested deeper than " + MAX_DEPTH + " types");
      open.remove(definition.name());
      return 4;
    }
    place = definition.place();
    long octets =
        switch (definition) {
          case Definition.EnumType _ -> 4;
          case Definition.Alias alias -> least(alias.type());
          case Definition.StructType struct -> {
            long sum = 0;
            for (Field field : struct.fields()) {
              place = field.place();
              sum += least(field.type());
            }
            yield sum;
          }
          case Definition.UnionType union -> {
            for (Definition.Arm arm : union.arms()) {
              Field field = arm.field();
              if (field != null) {
                place = field.place();
                least(field.type());
              }
            }
            yield 4;
          }
        };
    if (octets > Integer.MAX_VALUE) {
      problems.error(definition.place(), "'" + definition.name() + "' takes 2^31 octets or more");
      octets = 4;
    }
    open.remove(definition.name());
    least.put(definition.name(), octets);
    return octets;
  }

  private long least(Type type) {
    return switch (type) {
      case Type.Scalar scalar ->
          switch (scalar) {
            case INT, UNSIGNED_INT, SHORT, UNSIGNED_SHORT, CHAR, UNSIGNED_CHAR, BOOL, FLOAT -> 4;
            case HYPER, UNSIGNED_HYPER, DOUBLE -> 8;
            case UUID -> 44;
          };
      case Type.Text _, Type.Opaque _ -> 4;
      case Type.FixedOpaque opaque -> (opaque.size().value() + 3) / 4 * 4;
      case Type.Array array -> {
        long octets = array.size().value() * element(array.element());
        if (octets > Integer.MAX_VALUE) {
          problems.error(place, "an array of 2^31 octets or more");
          yield 4;
        }
        yield octets;
      }
      case Type.Sequence sequence -> {
        // A list may lead back to what it is part of: its elements are looked at later.
        elements.add(Map.entry(sequence.element(), place));
        yield 4;
      }
      case Type.Optional _ -> 4;
      case Type.Named named -> {
        Definition definition = definitions.get(named.name());
        Place before = place;
        long octets = definition == null ? 4 : least(definition);
        place = before;
        yield octets;
      }
    };
  }

  private long element(Type element) {
    long octets = least(element);
    if (octets == 0) {
      problems.error(place, "an array of elements that take no octets");
      return 4;
    }
    return octets;
  }

  private void checkDiscriminator(Definition definition) {
    if (definition instanceof Definition.UnionType union && !isWord(union.discriminator().type())) {
      problems.error(
          union.discriminator().place(),
          "the discriminator of union '"
              + union.name()
              + "' is a "
              + union.discriminator().type()
              + ", not an int, an unsigned int, a bool or an enum");
    }
  }

  private boolean isWord(Type type) {
    Type t = type;
    for (int i = 0; i < MAX_DEPTH && t instanceof Type.Named named; i++) {
      Definition definition = definitions.get(named.name());
      if (definition instanceof Definition.EnumType) {
        return true;
      }
      if (!(definition instanceof Definition.Alias alias)) {
        return false;
      }
      t = alias.type();
    }
    return t == Type.Scalar.INT || t == Type.Scalar.UNSIGNED_INT || t == Type.Scalar.BOOL;
  }
}
