// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.mutate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The classes whose tests are tried, by rooms, each with the tests that are to notice. */
final class MutatedRooms {
  /** Glob patterns of PIT. The tests of the protocol's rules are in the core and in the testkit. */
  private static final List<String> WIRE_TESTS = List.of("io.rxrpc.wire.*Test");

  private static final List<String> ENGINE_TESTS =
      List.of("io.rxrpc.engine.*Test", "io.rxrpc.testkit.*Test");

  /** Simple names, so that they may move to another package; an empty list is a whole package. */
  private static final Map<String, List<String>> ROOMS = new LinkedHashMap<>();

  static {
    ROOMS.put("wire", List.of());
    ROOMS.put(
        "policies",
        List.of(
            "AckPolicy",
            "AckRepeat",
            "ReadPolicy",
            "TailProbe",
            "Rack",
            "RttEstimator",
            "RttSamples",
            "NewReno",
            "Cubic",
            "Pacer",
            "MtuSearch",
            "JumboCount",
            "RateLimit",
            "PathWindow"));
    ROOMS.put("queues", List.of("ReceiveQueue", "TransmitQueue", "SentPackets"));
    ROOMS.put(
        "recovery",
        List.of(
            "Recovery",
            "LossDetection",
            "ResendClock",
            "HoleWatch",
            "RequestRepeat",
            "Proof",
            "Liveness"));
    ROOMS.put("input", List.of("CallInput", "AckInput"));
  }

  private MutatedRooms() {}

  static List<String> rooms() {
    return List.copyOf(ROOMS.keySet());
  }

  static List<String> tests(String room) {
    return room.equals("wire") ? WIRE_TESTS : ENGINE_TESTS;
  }

  /**
   * Full names by simple names of a room's classes; {@code sources} is the root of their packages.
   *
   * @throws IllegalStateException if a class of the list is not there, so that the list stays true
   */
  static Map<String, String> classes(String room, Path sources) throws IOException {
    List<String> wanted = ROOMS.getOrDefault(room, List.of());
    Path base = sources.resolve("io/rxrpc/" + (wanted.isEmpty() ? room : "engine"));
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(base)) {
      for (Path file : files.toList()) {
        String name = sources.relativize(file).toString().replace('/', '.');
        String full = name.endsWith(".java") ? name.substring(0, name.length() - 5) : "";
        String simple = full.substring(full.lastIndexOf('.') + 1);
        if (!full.isEmpty()
            && !simple.equals("package-info")
            && (wanted.isEmpty() || wanted.contains(simple))) {
          found.put(simple, full);
        }
      }
    }
    TreeSet<String> missing = new TreeSet<>(wanted);
    missing.removeAll(found.keySet());
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "no class " + String.join(", ", missing) + " below " + base + ": correct MutatedRooms");
    }
    return found;
  }
}
