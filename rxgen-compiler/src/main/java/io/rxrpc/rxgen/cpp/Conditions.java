// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.cpp;

import io.rxrpc.rxgen.source.Place;
import io.rxrpc.rxgen.source.Problems;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The conditional sections of one file that are open. */
final class Conditions {
  /** Of a file that nests deeper only the first levels can be on. */
  private static final int MAX_DEPTH = 1000;

  private final Problems problems;
  private final Deque<Section> open = new ArrayDeque<>();

  Conditions(Problems problems) {
    this.problems = problems;
  }

  private static final class Section {
    final CppToken begin;
    final boolean outerActive;
    boolean taken;
    boolean active;
    boolean elseSeen;

    Section(CppToken begin, boolean outerActive) {
      this.begin = begin;
      this.outerActive = outerActive;
    }
  }

  boolean areActive() {
    Section innermost = open.peek();
    return innermost == null || innermost.active;
  }

  /** The condition is looked at only where it counts: elsewhere it may be anything. */
  void open(CppToken directive, BooleanSupplier condition) {
    boolean outer = areActive() && open.size() < MAX_DEPTH;
    Section section = new Section(directive, outer);
    section.active = outer && condition.getAsBoolean();
    section.taken = section.active;
    open.push(section);
  }

  void orElse(CppToken directive, BooleanSupplier condition) {
    Section section = innermost(directive);
    if (section != null) {
      section.active = section.outerActive && !section.taken && condition.getAsBoolean();
      section.taken |= section.active;
    }
  }

  void orElse(CppToken directive) {
    Section section = innermost(directive);
    if (section != null) {
      section.active = section.outerActive && !section.taken;
      section.taken = true;
      section.elseSeen = true;
    }
  }

  private @Nullable Section innermost(CppToken directive) {
    Section section = open.peek();
    if (section == null) {
      problems.error(directive.place(), "#" + directive.text() + " without #if");
    } else if (section.elseSeen) {
      problems.error(directive.place(), "#" + directive.text() + " after #else");
      return null;
    }
    return section;
  }

  void close(CppToken directive) {
    if (open.poll() == null) {
      problems.error(directive.place(), "#endif without #if");
    }
  }

  void atEnd() {
    for (Section section : open) {
      Place place = section.begin.place();
      problems.error(place, "no #endif closes this #" + section.begin.text());
    }
  }
}
