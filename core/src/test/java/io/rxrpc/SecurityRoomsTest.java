// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rooms of security: classes above what they share, Kerberos below all of them. */
class SecurityRoomsTest {
  private static final String KRB = "io.rxrpc.security.krb..";
  private static final String RXKAD = "io.rxrpc.security.rxkad..";
  private static final String RXGK = "io.rxrpc.security.rxgk..";

  private static final JavaClasses PROJECT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.rxrpc");

  @Test
  void kerberosKnowsNothingOfRx() {
    noClasses()
        .that()
        .resideInAPackage(KRB)
        .should()
        .dependOnClassesThat(resideInAPackage("io.rxrpc..").and(not(resideInAPackage(KRB))))
        .check(PROJECT);
  }

  @Test
  void whatTheClassesShareKnowsNoneOfThem() {
    noClasses()
        .that()
        .resideInAPackage("io.rxrpc.security")
        .should()
        .dependOnClassesThat(resideInAnyPackage(RXKAD, RXGK, KRB))
        .check(PROJECT);
  }

  @Test
  void theEngineAndItsDriverKnowNoSecurityClassButNone() {
    noClasses()
        .that()
        .resideInAnyPackage("io.rxrpc.engine..", "io.rxrpc.driver..", "io.rxrpc.wire..")
        .should()
        .dependOnClassesThat(resideInAnyPackage(RXKAD, RXGK, KRB))
        .check(PROJECT);
  }

  @Test
  void theClassesDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage(RXGK)
        .should()
        .dependOnClassesThat(resideInAPackage(RXKAD))
        .check(PROJECT);
    noClasses()
        .that()
        .resideInAPackage(RXKAD)
        .should()
        .dependOnClassesThat(resideInAPackage(RXGK))
        .check(PROJECT);
  }
}
