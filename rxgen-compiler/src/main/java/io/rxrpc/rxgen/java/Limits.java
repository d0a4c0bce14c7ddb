// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.java;

import io.rxrpc.rxgen.model.Constant;
import io.rxrpc.rxgen.model.DeclaredProcedure;
import io.rxrpc.rxgen.model.Definition;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.model.Field;
import io.rxrpc.rxgen.model.RpcPackage;
import io.rxrpc.rxgen.model.Type;
import io.rxrpc.rxgen.source.Place;
import java.util.List;

/** What a class file cannot hold, and no description of a person has. */
final class Limits {
  /** Of 255 slots of a method some are for the caller and the like. */
  private static final int SLOTS = 250;

  private static final int ENUM_VALUES = 2000;
  private static final int PROCEDURES = 250;
  private static final int CONSTANTS = 20_000;
  private static final int CHARACTERS = 20_000;

  private final Description description;

  private Limits(Description description) {
    this.description = description;
  }

  /** Refuses what is too large, with its place. */
  static void check(Description description) {
    new Limits(description).check();
  }

  private void check() {
    for (Definition definition : description.definitions().values()) {
      if (definition instanceof Definition.StructType struct) {
        slots(struct.fields(), struct.place(), "struct '" + struct.name() + "'", "fields");
      } else if (definition instanceof Definition.EnumType type
          && type.values().size() > ENUM_VALUES) {
        throw tooMany(type.place(), "enum '" + type.name() + "'", "names", ENUM_VALUES);
      }
    }
    for (RpcPackage p : description.packages()) {
      if (p.procedures().size() > PROCEDURES) {
        throw tooMany(p.place(), "package '" + p.name() + "'", "procedures", PROCEDURES);
      }
      for (DeclaredProcedure procedure : p.procedures()) {
        String what = "procedure '" + procedure.name() + "'";
        slots(Signatures.fields(procedure.in()), procedure.place(), what, "parameters");
        slots(Signatures.fields(procedure.out()), procedure.place(), what, "parameters");
      }
    }
    if (description.constants().size() > CONSTANTS) {
      Place place = new Place(description.file(), 0, 0);
      throw tooMany(place, "the description", "constants", CONSTANTS);
    }
    for (Constant constant : description.constants()) {
      String text = constant.text();
      if (text != null && text.length() > CHARACTERS) {
        throw tooMany(
            constant.place(), "constant '" + constant.name() + "'", "characters", CHARACTERS);
      }
    }
  }

  private void slots(List<Field> fields, Place place, String what, String of) {
    int slots = 0;
    for (Field field : fields) {
      slots +=
          switch (description.resolved(field.type())) {
            case Type.Scalar.HYPER, Type.Scalar.UNSIGNED_HYPER, Type.Scalar.DOUBLE -> 2;
            default -> 1;
          };
    }
    if (slots > SLOTS) {
      throw tooMany(place, what, of + " (those of 64 bits count twice)", SLOTS);
    }
  }

  private static IllegalArgumentException tooMany(Place place, String what, String of, int most) {
    return new IllegalArgumentException(
        place + ": " + what + " has more than " + most + " " + of + ", which Java cannot have");
  }
}
