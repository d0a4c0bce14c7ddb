// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Circles of classes: those of which each leads to each other by what the class files name. To
 * understand one of a circle is to understand all of it. A nested class counts as its outermost.
 */
class CirclesTest {
  /** The largest circle of the engine: what calls, channels, connections and peers are made of. */
  private static final int ENGINE = 10;

  /**
   * Of the driver: a call with its two phases, its listeners, who serves it, and where it is kept.
   */
  private static final int DRIVER = 6;

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.rxrpc");

  @Test
  void theLargestCircleOfTheEngineIsSmall() {
    List<Set<String>> circles = circles("io.rxrpc.engine");
    print("engine", circles);
    assertThat(circles).isNotEmpty();
    assertThat(circles.getFirst()).hasSizeLessThanOrEqualTo(ENGINE);
  }

  @Test
  void theLargestCircleOfTheDriverIsSmall() {
    List<Set<String>> circles = circles("io.rxrpc.driver");
    print("driver", circles);
    assertThat(circles).isNotEmpty();
    assertThat(circles.getFirst()).hasSizeLessThanOrEqualTo(DRIVER);
  }

  @Test
  void circlesOfPackagesBelowTheEngineDoNotExist() {
    assertThat(circlesOf(packages("io.rxrpc.engine"))).isEmpty();
  }

  private static void print(String room, List<Set<String>> circles) {
    for (Set<String> circle : circles) {
      System.out.println(room + ": a circle of " + circle.size() + ": " + String.join(" ", circle));
    }
  }

  /** The circles of more than one class in a room and below it, the largest first. */
  private static List<Set<String>> circles(String room) {
    Map<String, SortedSet<String>> known = new TreeMap<>();
    for (JavaClass type : CORE) {
      if (isIn(type, room)) {
        SortedSet<String> others = known.computeIfAbsent(outermost(type), n -> new TreeSet<>());
        for (Dependency d : type.getDirectDependenciesFromSelf()) {
          JavaClass target = d.getTargetClass().getBaseComponentType();
          if (isIn(target, room)) {
            others.add(outermost(target));
          }
        }
      }
    }
    return circlesOf(known);
  }

  private static Map<String, SortedSet<String>> packages(String room) {
    Map<String, SortedSet<String>> known = new TreeMap<>();
    for (JavaClass type : CORE) {
      if (isIn(type, room)) {
        SortedSet<String> others =
            known.computeIfAbsent(type.getPackageName(), n -> new TreeSet<>());
        for (Dependency d : type.getDirectDependenciesFromSelf()) {
          JavaClass target = d.getTargetClass().getBaseComponentType();
          if (isIn(target, room)) {
            others.add(target.getPackageName());
          }
        }
      }
    }
    return known;
  }

  private static boolean isIn(JavaClass type, String room) {
    String name = type.getPackageName();
    return (name.equals(room) || name.startsWith(room + "."))
        && !type.getSimpleName().equals("package-info");
  }

  private static String outermost(JavaClass type) {
    String name = type.getName().substring(type.getPackageName().length() + 1);
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  /** The strongly connected components of more than one, the largest first. */
  private static List<Set<String>> circlesOf(Map<String, SortedSet<String>> known) {
    Map<String, Set<String>> reach = new HashMap<>();
    known.keySet().forEach(from -> reach.put(from, reachable(known, from)));
    List<Set<String>> found = new ArrayList<>();
    Set<String> done = new TreeSet<>();
    for (String from : known.keySet()) {
      if (done.add(from)) {
        Set<String> circle = new TreeSet<>(Set.of(from));
        for (String to : reach.get(from)) {
          if (reach.get(to).contains(from)) {
            circle.add(to);
          }
        }
        done.addAll(circle);
        if (circle.size() > 1) {
          found.add(circle);
        }
      }
    }
    found.sort(Comparator.comparingInt(circle -> -circle.size()));
    return found;
  }

  private static Set<String> reachable(Map<String, SortedSet<String>> known, String from) {
    Set<String> seen = new TreeSet<>();
    ArrayDeque<String> next = new ArrayDeque<>(known.get(from));
    while (!next.isEmpty()) {
      String name = next.remove();
      if (seen.add(name)) {
        next.addAll(known.getOrDefault(name, new TreeSet<>()));
      }
    }
    return seen;
  }
}
