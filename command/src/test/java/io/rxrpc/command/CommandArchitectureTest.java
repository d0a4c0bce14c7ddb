// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.command;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.rxrpc.cli.spi.Verb;
import io.rxrpc.cli.spi.Verbs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The walls inside the command: the frame knows no verb, and no verb knows another. */
class CommandArchitectureTest {
  /** The rooms of the command that no verb owns, each with those that it may know. */
  private static final Map<String, List<String>> SHARED =
      Map.of(
          "io.rxrpc.cli.text", List.of(),
          "io.rxrpc.cli.typed", List.of(),
          "io.rxrpc.cli.frame", List.of("io.rxrpc.cli.text"),
          "io.rxrpc.cli.spi", List.of("io.rxrpc.cli.frame"),
          "io.rxrpc.cli.option",
              List.of(
                  "io.rxrpc.cli.text",
                  "io.rxrpc.cli.frame",
                  "io.rxrpc.cli.typed",
                  "io.rxrpc.cli.spi"),
          "io.rxrpc.cli.serving",
              List.of("io.rxrpc.cli.text", "io.rxrpc.cli.frame", "io.rxrpc.cli.option"),
          "io.rxrpc.load.data", List.of("io.rxrpc.cli.frame"),
          "io.rxrpc.cli.manual", List.of("io.rxrpc.cli.frame"),
          "io.rxrpc.cli.completion", List.of("io.rxrpc.cli.text", "io.rxrpc.cli.frame"),
          "io.rxrpc.cli.rpc.builtin",
              List.of("io.rxrpc.cli.text", "io.rxrpc.cli.frame", "io.rxrpc.cli.spi"));

  /** What the room of a verb may know of the command: all that is shared, of its module's own. */
  private static final List<String> VERBS_MAY =
      List.of(
          "io.rxrpc.cli.text",
          "io.rxrpc.cli.typed",
          "io.rxrpc.cli.frame",
          "io.rxrpc.cli.spi",
          "io.rxrpc.cli.option",
          "io.rxrpc.cli.serving");

  private static final String LOAD = "io.rxrpc.load.";
  private static final String AFS = "io.rxrpc.cli.rpc.";

  /** The classes of the modules that bring verbs; their tests are on the class path, too. */
  private static final JavaClasses COMMAND =
      new ClassFileImporter()
          .importLocations(
              ServiceLoader.load(Verbs.class).stream()
                  .map(verbs -> verbs.type().getProtectionDomain().getCodeSource().getLocation())
                  .map(Location::of)
                  .collect(Collectors.toSet()));

  /** Every room with those that it may know; what is not shared belongs to a verb. */
  static List<Map.Entry<String, List<String>>> rooms() {
    Map<String, List<String>> rooms = new TreeMap<>(SHARED);
    COMMAND.stream()
        .map(c -> c.getPackageName())
        .distinct()
        .filter(name -> !SHARED.containsKey(name))
        .forEach(name -> rooms.put(name, forVerb(name)));
    return List.copyOf(rooms.entrySet());
  }

  private static List<String> forVerb(String room) {
    List<String> may = new ArrayList<>(VERBS_MAY);
    if (room.equals("io.rxrpc.cli")) { // help and completion tell of all verbs
      may.add("io.rxrpc.cli.manual");
      may.add("io.rxrpc.cli.completion");
    }
    if (room.startsWith(LOAD)) {
      may.add("io.rxrpc.load.data");
    }
    if (room.startsWith(AFS)) {
      may.add("io.rxrpc.cli.rpc.builtin");
    }
    return may;
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void aRoomKnowsOnlyWhatIsBelowIt(Map.Entry<String, List<String>> room) {
    List<String> may = new ArrayList<>(room.getValue());
    may.add(room.getKey());
    noClasses()
        .that()
        .resideInAPackage(room.getKey())
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.rxrpc.cli..", "io.rxrpc.load..")
                .and(DescribedPredicate.not(resideInAnyPackage(may.toArray(String[]::new))))
                .as("are of another verb, or above it"))
        .check(COMMAND);
  }

  @Test
  void everyRoomThatIsNotSharedBringsItsVerbs() {
    List<String> bringing = new ArrayList<>();
    for (Verbs verbs : ServiceLoader.load(Verbs.class)) {
      bringing.add(verbs.getClass().getPackageName());
      assertThat(verbs.verbs()).extracting(Verb::name).isNotEmpty();
    }
    assertThat(rooms().stream().map(Map.Entry::getKey).filter(r -> !SHARED.containsKey(r)))
        .containsExactlyInAnyOrderElementsOf(bringing);
  }

  @Test
  void sharedRoomsAreThere() {
    assertThat(SHARED.keySet())
        .allSatisfy(
            room ->
                assertThat(COMMAND.stream().anyMatch(c -> c.getPackageName().equals(room)))
                    .as(room)
                    .isTrue());
  }

  /** The command is made of the library's public parts, and of the layouts that rxdebug shows. */
  @Test
  void noProtocolComesIn() {
    noClasses()
        .should()
        .dependOnClassesThat(resideInAnyPackage("io.rxrpc.engine..", "io.rxrpc.driver.."))
        .check(COMMAND);
  }

  /** Nobody but picocli makes commands: a verb that another wants is a part of the frame. */
  @Test
  void commandsAreNotPublic() {
    ArchRuleDefinition.classes()
        .that(resideInAPackage("io.rxrpc..").as("of the command"))
        .and()
        .haveSimpleNameEndingWith("Command")
        .and()
        .doNotHaveSimpleName("RootCommand")
        .should()
        .notBePublic()
        .check(COMMAND);
  }
}
