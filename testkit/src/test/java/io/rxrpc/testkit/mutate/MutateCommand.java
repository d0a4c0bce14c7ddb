// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.mutate;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code ./build mutate}: changes the code in small ways and sees whether a test notices. */
public final class MutateCommand {
  private static final String USAGE =
      """
      ./build mutate [--threads N] [--room ROOM] [CLASS...]
        PIT changes classes in small ways, one at a time, and runs the tests that come there; a
        change that no test notices is a survivor. Figures by class go into docs/mutation.md.
        ROOM          wire, policies, queues, recovery or input; all of them unless it is said
        CLASS...      simple names: these classes only, of whatever room
        --threads N   as many tests at a time; 1 unless it is said
        Exit status 1 when of the covered mutants of a room less than 90 in 100 are killed.
        Without arguments this takes an hour of two processors.
      """;
  private static final double LEAST_STRENGTH = 90;

  private final Path root = Path.of("").toAbsolutePath();
  private final Path target = root.resolve("testkit/target/mutate");
  private final Path sources = root.resolve("core/src/main/java");
  private final Path page = root.resolve("docs/mutation.md");
  private final List<String> rooms = new ArrayList<>();
  private final List<String> only = new ArrayList<>();
  private int threads = 1;

  private MutateCommand() {}

  /** Run in the root of the repository, after the tests were compiled. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (List.of(args).contains("-h") || List.of(args).contains("--help")) {
      System.out.print(USAGE);
      return;
    }
    MutateCommand command = new MutateCommand();
    if (!command.parse(List.of(args))) {
      System.err.print(USAGE);
      System.exit(2);
    }
    System.exit(command.run() ? 0 : 1);
  }

  private boolean parse(List<String> args) {
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      String value = i + 1 < args.size() ? args.get(i + 1) : "";
      if (arg.equals("--room") && MutatedRooms.rooms().contains(value)) {
        rooms.add(value);
        i++;
      } else if (arg.equals("--threads") && value.matches("[1-9]\\d?")) {
        threads = Integer.parseInt(value);
        i++;
      } else if (arg.matches("[A-Z]\\w*")) {
        only.add(arg);
      } else {
        return false;
      }
    }
    if (rooms.isEmpty()) {
      rooms.addAll(MutatedRooms.rooms());
    }
    return true;
  }

  private boolean run() throws IOException, InterruptedException {
    MutationPage figures = new MutationPage(Files.readString(page), MutatedRooms.rooms());
    boolean strong = true;
    List<String> unknown = new ArrayList<>(only);
    for (String room : rooms) {
      Map<String, String> classes = new TreeMap<>(MutatedRooms.classes(room, sources));
      figures.keepOnly(room, List.copyOf(classes.keySet()));
      unknown.removeAll(classes.keySet());
      if (!only.isEmpty()) {
        classes.keySet().retainAll(only);
      }
      if (!classes.isEmpty()) {
        List<Mutant> survivors = figures.take(room, tried(room, classes));
        Files.writeString(page, figures.text());
        survivors.forEach(MutateCommand::print);
        MutationPage.Figures sum = figures.sum(room);
        System.out.printf(
            Locale.ROOT,
            "%s: %d mutants, %d killed, %d survived, %d equivalent, %d not covered: strength %.1f %%%n",
            room,
            sum.mutants(),
            sum.killed(),
            sum.survived(),
            sum.equivalent(),
            sum.notCovered(),
            sum.strength());
        strong &= sum.strength() >= LEAST_STRENGTH;
      }
    }
    if (!unknown.isEmpty()) {
      System.err.println("build mutate: no class of these rooms: " + String.join(", ", unknown));
      return false;
    }
    return strong;
  }

  private static void print(Mutant mutant) {
    System.out.printf(
        Locale.ROOT,
        "survived: %s.%s:%d %s: %s%n    %s%n",
        mutant.type(),
        mutant.method(),
        mutant.line(),
        mutant.mutator(),
        mutant.description(),
        mutant.text());
  }

  private List<Mutant> tried(String room, Map<String, String> classes)
      throws IOException, InterruptedException {
    Path report = target.resolve(room);
    Files.createDirectories(report);
    Path log = target.resolve(room + ".log");
    System.out.println(
        room + ": " + String.join(", ", classes.keySet()) + "; what PIT says is in " + log);
    String mutated =
        classes.values().stream()
            .map(name -> name + "," + name + "$*")
            .collect(Collectors.joining(","));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-cp",
            String.join(File.pathSeparator, classPath()),
            "org.pitest.mutationtest.commandline.MutationCoverageReport",
            "--classPath=" + String.join(",", classPath()),
            "--targetClasses=" + mutated,
            "--targetTests=" + String.join(",", MutatedRooms.tests(room)),
            "--excludedGroups=long",
            // Reads sources of the testkit, and basedir is the core's here.
            "--excludedTestClasses=io.rxrpc.testkit.rekey.SpiAloneTest",
            "--sourceDirs=" + sources,
            "--reportDir=" + report,
            "--outputFormats=XML",
            "--timestampedReports=false",
            "--threads=" + threads,
            "--timeoutConst=3000",
            "--jvmArgs=--enable-native-access=ALL-UNNAMED,-Xmx1g,-XX:+UseSerialGC,-Dbasedir="
                + root.resolve("core"));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Thread end = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(end);
    int status = process.waitFor();
    Runtime.getRuntime().removeShutdownHook(end);
    if (status != 0) {
      System.err.println("build mutate: PIT ended with " + status + ", see " + log);
      System.exit(1);
    }
    return Mutant.read(report.resolve("mutations.xml"), sources);
  }

  private List<String> classPath() throws IOException {
    List<String> path = new ArrayList<>();
    for (String directory :
        List.of(
            "core/target/test-classes",
            "core/target/classes",
            "testkit/target/test-classes",
            "testkit/target/classes",
            "udp/target/classes")) {
      path.add(root.resolve(directory).toString());
    }
    try (Stream<Path> jars = Files.list(target.resolve("lib"))) {
      jars.sorted().forEach(jar -> path.add(jar.toString()));
    }
    return path;
  }
}
