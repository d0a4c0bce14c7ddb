// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What may not come into this module. */
@Tag("long")
class RpcDirectionTest {
  private static final JavaClasses ROOM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.rxrpc.rpc");

  @Test
  void knowsOnlyTheApiOfTheTransportAndXdr() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.rxrpc.rpc",
            "io.rxrpc",
            "io.rxrpc.security",
            "io.rxrpc.xdr",
            "java..",
            "org.jspecify..")
        .check(ROOM);
  }
}
