// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What may not come into this module, and who in it may know whom. */
@Tag("long")
class AfsArchitectureTest {
  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.rxrpc.afs");

  @Test
  void knowsOnlyTypedCallsXdrAndTheApiOfTheTransport() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.rxrpc.afs..",
            "io.rxrpc",
            "io.rxrpc.key",
            "io.rxrpc.security",
            "io.rxrpc.rpc",
            "io.rxrpc.xdr",
            "java..",
            "org.jspecify..")
        .check(MODULE);
  }

  @Test
  void readsNoFilesAndPrintsNothing() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.PrintStream")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.File")
        .check(MODULE);
  }

  @Test
  void theRootKnowsNoServiceOfItsOwn() {
    noClasses()
        .that()
        .resideInAPackage("io.rxrpc.afs")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.rxrpc.afs.*")
        .check(MODULE);
  }
}
