// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.model;

import io.rxrpc.rxgen.cpp.Expression;
import io.rxrpc.rxgen.source.Place;
import io.rxrpc.rxgen.source.Problems;
import io.rxrpc.rxgen.syntax.Declaration;
import io.rxrpc.rxgen.syntax.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The packages of a description and their procedures. */
final class Packages {
  /** As many as C's rxgen takes in one description. */
  private static final int MAX_PACKAGES = 10;

  /** C's bound for the first opcode. */
  private static final long MAX_STARTING_OPCODE = 100_000;

  private final Types types;
  private final Constants constants;
  private final Problems problems;
  private final Map<String, Open> packages = new LinkedHashMap<>();
  private @Nullable Open current;
  private String splitStart = "Start";
  private String splitEnd = "End";

  /** Goes on from package to package, as in C. */
  private int nextOpcode;

  Packages(Types types, Constants constants, Problems problems) {
    this.types = types;
    this.constants = constants;
    this.problems = problems;
  }

  /** A package whose procedures are being read. */
  private static final class Open {
    final String name;
    final Place place;
    int statIndex = -1;
    String splitStart;
    String splitEnd;
    boolean numbered;
    final List<DeclaredProcedure> procedures = new ArrayList<>();
    final Map<Integer, Place> opcodes = new HashMap<>();
    final Map<String, Place> names = new HashMap<>();

    Open(String name, Place place, String splitStart, String splitEnd) {
      this.name = name;
      this.place = place;
      this.splitStart = splitStart;
      this.splitEnd = splitEnd;
    }

    RpcPackage close() {
      return new RpcPackage(name, statIndex, splitStart, splitEnd, List.copyOf(procedures), place);
    }
  }

  List<RpcPackage> read(List<Item> items) {
    for (Item item : items) {
      switch (item) {
        case Item.PackageName begun -> begin(begun);
        case Item.StatIndex index -> statIndex(index);
        case Item.StartingOpcode opcode -> startingOpcode(opcode);
        case Item.SplitPrefix prefix -> splitPrefix(prefix);
        case Item.Procedure procedure -> procedure(procedure);
        case Item.Const _,
            Item.Enumeration _,
            Item.Struct _,
            Item.Union _,
            Item.Typedef _,
            Item.Special _,
            Item.Prefix _ -> {}
      }
    }
    return packages.values().stream().map(Open::close).toList();
  }

  private void begin(Item.PackageName begun) {
    Open known = packages.get(begun.name());
    if (known == null) {
      if (packages.size() >= MAX_PACKAGES) {
        problems.error(begun.place(), "more than " + MAX_PACKAGES + " packages");
        return;
      }
      known = new Open(begun.name(), begun.place(), splitStart, splitEnd);
      packages.put(begun.name(), known);
    }
    current = known;
  }

  private void statIndex(Item.StatIndex item) {
    Open open = current;
    Long index = constants.value(item.index());
    if (open == null) {
      problems.error(item.place(), "'statindex' before any 'package'");
    } else if (open.statIndex >= 0) {
      problems.error(item.place(), "package '" + open.name + "' has a statindex already");
    } else if (index != null && (index < 0 || index > Integer.MAX_VALUE)) {
      problems.error(item.place(), "the statindex is " + index + ", not a number of 31 bits");
    } else if (index != null) {
      open.statIndex = index.intValue();
    }
  }

  private void startingOpcode(Item.StartingOpcode item) {
    Long opcode = constants.value(item.opcode());
    if (opcode != null && (opcode < 0 || opcode >= MAX_STARTING_OPCODE)) {
      problems.error(
          item.place(),
          "the starting opcode is " + opcode + ", not between 0 and " + (MAX_STARTING_OPCODE - 1));
    } else if (opcode != null) {
      nextOpcode = opcode.intValue();
      if (current != null) {
        current.numbered = true;
      }
    }
  }

  private void splitPrefix(Item.SplitPrefix item) {
    String start = item.start();
    String end = item.end();
    splitStart = start == null ? splitStart : start;
    splitEnd = end == null ? splitEnd : end;
    if (current != null) {
      current.splitStart = splitStart;
      current.splitEnd = splitEnd;
    }
  }

  private void procedure(Item.Procedure item) {
    Open open = current;
    if (open == null) {
      problems.error(item.place(), "a procedure before any 'package'");
      return;
    }
    String name = item.name() == null ? open.name : item.name();
    Integer opcode = opcode(open, item, name);
    Place first = open.names.putIfAbsent(name, item.place());
    if (first != null) {
      problems.error(
          item.place(), "procedure '" + name + "' again; first on " + first.seenFrom(item.place()));
    }
    List<DeclaredProcedure.Parameter> parameters = parameters(item, name);
    if (opcode != null && parameters != null) {
      Expression given = item.opcode();
      Documentation documentation = Documentation.of(item.documentation());
      check(documentation, parameters, item, name);
      open.procedures.add(
          new DeclaredProcedure(
              name,
              item.serverName(),
              opcode,
              given == null ? null : Constants.name(given),
              parameters,
              mode(item.mode()),
              documentation,
              item.place()));
    }
  }

  /** A name that is wrong in documentation would be shown to people. */
  private void check(
      Documentation documentation,
      List<DeclaredProcedure.Parameter> parameters,
      Item.Procedure item,
      String name) {
    for (String documented : documentation.parameters().keySet()) {
      if (parameters.stream().noneMatch(p -> p.name().equals(documented))) {
        problems.warning(
            item.place(),
            "the documentation of procedure '"
                + name
                + "' has a parameter '"
                + documented
                + "' that it does not have");
      }
    }
  }

  private static DeclaredProcedure.Mode mode(Item.Mode mode) {
    return switch (mode) {
      case PLAIN -> DeclaredProcedure.Mode.PLAIN;
      case SPLIT -> DeclaredProcedure.Mode.SPLIT;
      case MULTI -> DeclaredProcedure.Mode.MULTI;
    };
  }

  private @Nullable Integer opcode(Open open, Item.Procedure item, String name) {
    Expression given = item.opcode();
    Long opcode;
    if (given == null) {
      open.numbered = true;
      opcode = Long.valueOf(nextOpcode++);
    } else {
      if (open.numbered) {
        problems.error(
            given.place(),
            "procedure '" + name + "' has an opcode where those before it are numbered");
        return null;
      }
      opcode = constants.value(given);
    }
    if (opcode == null) {
      return null;
    }
    if (opcode < Integer.MIN_VALUE || opcode > Bound.MOST) {
      problems.error(item.place(), "opcode " + opcode + " has more than 32 bits");
      return null;
    }
    Place place = given == null ? item.place() : given.place();
    Place first = open.opcodes.putIfAbsent(opcode.intValue(), place);
    if (first != null) {
      problems.error(place, "opcode " + opcode + " again; first on " + first.seenFrom(place));
    }
    return opcode.intValue();
  }

  private @Nullable List<DeclaredProcedure.Parameter> parameters(Item.Procedure item, String name) {
    List<DeclaredProcedure.Parameter> parameters = new ArrayList<>();
    Map<String, Place> names = new HashMap<>();
    Item.Way way = null;
    boolean known = true;
    for (Item.Parameter parameter : item.parameters()) {
      Declaration declaration = parameter.declaration();
      way = parameter.way() == null ? way : parameter.way();
      Place first = names.putIfAbsent(declaration.name(), declaration.place());
      if (first != null) {
        problems.error(
            declaration.place(),
            "parameter '"
                + declaration.name()
                + "' again; first on "
                + first.seenFrom(declaration.place()));
      }
      if (way == null) {
        problems.error(
            declaration.typePlace(),
            "parameter '" + declaration.name() + "' says neither IN nor OUT nor INOUT");
        way = Item.Way.IN;
      }
      try {
        parameters.add(
            new DeclaredProcedure.Parameter(
                DeclaredProcedure.Direction.valueOf(way.name()),
                declaration.name(),
                types.ofParameter(declaration),
                declaration.place()));
      } catch (Types.Unknown e) {
        types.leftOut(item.place(), "procedure '" + name + "' needs " + e.getMessage());
        known = false;
      }
    }
    return known ? parameters : null;
  }
}
