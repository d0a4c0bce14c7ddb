// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Packages import only downwards, and the library knows no command line. */
@Tag("long")
class RxgenDirectionTest {
  @Test
  void packagesImportOnlyDownwards() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.rxrpc.rxgen");
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("io.rxrpc.rxgen..", "picocli..")
        .layer("source")
        .definedBy("io.rxrpc.rxgen.source")
        .layer("cpp")
        .definedBy("io.rxrpc.rxgen.cpp")
        .layer("syntax")
        .definedBy("io.rxrpc.rxgen.syntax")
        .layer("model")
        .definedBy("io.rxrpc.rxgen.model")
        .layer("java")
        .definedBy("io.rxrpc.rxgen.java")
        .layer("value")
        .definedBy("io.rxrpc.rxgen.value")
        .layer("api")
        .definedBy("io.rxrpc.rxgen")
        .layer("command")
        .definedBy("io.rxrpc.rxgen.command")
        .optionalLayer("picocli")
        .definedBy("picocli..")
        .whereLayer("command")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("api")
        .mayOnlyBeAccessedByLayers("command")
        .whereLayer("java")
        .mayOnlyBeAccessedByLayers("api")
        .whereLayer("value")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("model")
        .mayOnlyBeAccessedByLayers("java", "value", "api", "command")
        .whereLayer("syntax")
        .mayOnlyBeAccessedByLayers("model")
        .whereLayer("cpp")
        .mayOnlyBeAccessedByLayers("syntax", "model")
        .whereLayer("picocli")
        .mayOnlyBeAccessedByLayers("command")
        .check(classes);
  }
}
