// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The walls of the design notes: which room may know which, and what may not come into the engine.
 */
@Tag("long")
class ArchitectureTest {
  private static final String UDP = "io.rxrpc.udp..";
  private static final String[] SANS_IO = {
    "io.rxrpc.wire..",
    "io.rxrpc.engine..",
    "io.rxrpc.security..",
    "io.rxrpc.key..",
    "io.rxrpc.tuning.."
  };

  /** Each room of core, and the rooms of core that it may import. */
  private static final Map<String, List<String>> MAY_IMPORT =
      Map.of(
          "io.rxrpc.tuning", List.of(),
          "io.rxrpc.wire", List.of("tuning"),
          "io.rxrpc.key", List.of("tuning", "wire"),
          "io.rxrpc.security", List.of("tuning", "wire", "key"),
          "io.rxrpc.engine", List.of("tuning", "wire", "key", "security"),
          "io.rxrpc.machine", List.of(),
          "io.rxrpc.driver", List.of("machine", "tuning", "wire", "key", "security", "engine"));

  private static final JavaClasses PROJECT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.rxrpc");

  static List<String> rooms() {
    return MAY_IMPORT.keySet().stream().sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void aRoomImportsOnlyDownwards(String room) {
    var allowed =
        MAY_IMPORT.getOrDefault(room, List.of()).stream()
            .map(below -> "io.rxrpc." + below + "..")
            .toList();
    DescribedPredicate<JavaClass> outside =
        resideInAPackage("io.rxrpc..")
            .and(not(resideInAnyPackage(room + "..", UDP)))
            .and(not(resideInAnyPackage(allowed.toArray(String[]::new))));
    check(
        noClasses()
            .that()
            .resideInAPackage(room + "..")
            .should()
            .dependOnClassesThat(outside.as("lie above or beside it")));
  }

  @Test
  void theUdpPortKnowsNothingOfRx() {
    check(
        noClasses()
            .that()
            .resideInAPackage(UDP)
            .should()
            .dependOnClassesThat(
                resideInAPackage("io.rxrpc..")
                    .and(not(resideInAPackage(UDP)))
                    .as("are not of io.rxrpc.udp")));
  }

  @Test
  void belowTheDriverOnlyErrnoAndZoneAreKnownOfTheUdpPort() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(SANS_IO)
            .should()
            .dependOnClassesThat(
                resideInAPackage(UDP)
                    .and(not(DescribedPredicate.describe("a value", ArchitectureTest::isValue)))
                    .as("are of io.rxrpc.udp and are neither Errno nor Zone")));
  }

  private static boolean isValue(JavaClass type) {
    String name = type.getName();
    return name.equals("io.rxrpc.udp.Zone")
        || name.startsWith("io.rxrpc.udp.Zone$")
        || name.equals("io.rxrpc.udp.Errno")
        || name.startsWith("io.rxrpc.udp.Errno$");
  }

  @Test
  void sansIoRoomsTouchNoChannelAndNoSocket() {
    DescribedPredicate<JavaClass> addresses =
        equivalentTo(InetAddress.class)
            .or(equivalentTo(Inet4Address.class))
            .or(equivalentTo(Inet6Address.class))
            .or(equivalentTo(InetSocketAddress.class))
            .or(equivalentTo(SocketAddress.class));
    check(
        noClasses()
            .that()
            .resideInAnyPackage(SANS_IO)
            .should()
            .dependOnClassesThat(
                resideInAPackage("java.nio.channels..")
                    .or(resideInAPackage("java.net..").and(not(addresses)))
                    .as("are channels or sockets")));
  }

  @Test
  void sansIoRoomsTouchNoThread() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(SANS_IO)
            .should()
            .dependOnClassesThat(
                assignableTo(Thread.class)
                    .or(assignableTo(Executor.class))
                    .or(equivalentTo(Timer.class))
                    .as("are threads, executors or timers")));
  }

  @Test
  void sansIoRoomsReadNoClock() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(SANS_IO)
            .should()
            .dependOnClassesThat(assignableTo(Clock.class))
            .orShould()
            .accessTargetWhere(
                calls(System.class, "nanoTime", "currentTimeMillis")
                    .or(calls(Instant.class, "now"))
                    .as("a clock of the machine")));
  }

  /** Somebody may set the clock at any moment: only the times in captures are of that kind. */
  @Test
  void nothingIsTimedByTheWallClock() {
    check(
        noClasses()
            .that(
                resideInAnyPackage("io.rxrpc", "io.rxrpc.driver..", "io.rxrpc.socket..", UDP)
                    .and(not(equivalentTo(PacketCapture.class)))
                    .and(
                        DescribedPredicate.describe(
                            "not Tap", c -> !c.getName().equals("io.rxrpc.driver.Tap"))))
            .should()
            .accessTargetWhere(
                calls(System.class, "currentTimeMillis")
                    .or(calls(Instant.class, "now"))
                    .or(calls(LockSupport.class, "parkUntil"))
                    .or(calls(Condition.class, "awaitUntil"))
                    .as("the wall clock"))
            .orShould()
            .dependOnClassesThat(
                equivalentTo(Clock.class)
                    .or(equivalentTo(Timer.class))
                    .or(equivalentTo(Date.class))
                    .as("go by the wall clock")));
  }

  /** Every wait, clock, thread and random number comes from what an endpoint was given. */
  @Test
  void whatStandsOnTheEngineTakesTheMachineFromItsSurroundings() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("io.rxrpc", "io.rxrpc.driver..", "io.rxrpc.socket..")
            .should()
            .accessTargetWhere(
                calls(System.class, "nanoTime")
                    .or(calls(UUID.class, "randomUUID"))
                    .or(
                        calls(
                            Thread.class, "ofPlatform", "ofVirtual", "startVirtualThread", "join"))
                    .as("the machine's clock, chance or threads"))
            .orShould()
            .dependOnClassesThat(
                equivalentTo(LockSupport.class)
                    .or(equivalentTo(Condition.class))
                    .or(equivalentTo(Executors.class))
                    .or(equivalentTo(CountDownLatch.class))
                    .or(equivalentTo(Semaphore.class))
                    .or(assignableTo(BlockingQueue.class))
                    .or(assignableTo(SecureRandom.class))
                    .or(assignableTo(ThreadLocalRandom.class))
                    .as("wait, or draw, by themselves")));
  }

  @Test
  void sansIoRoomsDrawNoRandomness() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(SANS_IO)
            .should()
            .dependOnClassesThat(
                assignableTo(SecureRandom.class).or(assignableTo(ThreadLocalRandom.class)))
            .orShould()
            .callConstructor(Random.class)
            .orShould()
            .callConstructor(SplittableRandom.class)
            .orShould()
            .accessTargetWhere(
                calls(Math.class, "random")
                    .or(calls(UUID.class, "randomUUID"))
                    .or(calls(RandomGenerator.class, "getDefault", "of"))
                    .or(calls(RandomGeneratorFactory.class, "create"))
                    .as("a random source without a seed")));
  }

  @Test
  void onlyTheUdpPortCallsNativeCode() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(UDP)
            .should()
            .dependOnClassesThat(assignableTo(Linker.class).or(assignableTo(SymbolLookup.class))));
  }

  /** Whoever wants the engine has a hold of its lock, which a {@code try} closes. */
  @Test
  void onlyTheEngineLockLocksTheEngine() {
    check(
        noClasses()
            .that(
                resideInAPackage("io.rxrpc.driver..")
                    .and(
                        DescribedPredicate.describe(
                            "not EngineLock",
                            c -> !c.getName().equals("io.rxrpc.driver.EngineLock"))))
            .should()
            .dependOnClassesThat(
                resideInAPackage("java.util.concurrent.locks..")
                    .and(not(equivalentTo(LockSupport.class)))
                    .as("are locks")));
    check(
        noClasses()
            .that(
                DescribedPredicate.describe(
                    "neither a hold nor the driver",
                    c ->
                        !c.getName().equals("io.rxrpc.driver.EngineLock")
                            && !c.getName().matches("io[.]rxrpc[.]driver[.](Hold|Look)([$].*)?")))
            .should()
            .accessTargetWhere(
                DescribedPredicate.describe(
                    "a way to take or leave the lock without a try",
                    access ->
                        access.getTarget().getOwner().getName().equals("io.rxrpc.driver.EngineLock")
                            && Set.of("enter", "leave", "looked", "pause")
                                .contains(access.getTarget().getName()))));
  }

  @Test
  void namesSayWhatAClassIs() {
    check(
        noClasses()
            .should()
            .haveNameMatching(".*(Utils?|Manager|Impl|Helper)")
            .because("such a name says nothing; name the class after what it does"));
  }

  private static DescribedPredicate<JavaAccess<?>> calls(Class<?> owner, String... methods) {
    Set<String> names = Set.copyOf(Arrays.asList(methods));
    return DescribedPredicate.describe(
        owner.getSimpleName() + " " + names,
        access -> {
          AccessTarget target = access.getTarget();
          return target.getOwner().isEquivalentTo(owner) && names.contains(target.getName());
        });
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(PROJECT);
  }
}
