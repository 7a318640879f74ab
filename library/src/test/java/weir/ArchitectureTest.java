// SPDX-License-Identifier: Apache-2.0
package weir;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("weir");

    @Test
    void nothingBelowKnowsTheLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackage("weir")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("weir")
                .check(CLASSES);
    }

    @Test
    void theLibraryKnowsNoStorageAndNoLibraryButArrow() {
        classes()
                .that()
                .resideInAPackage("weir")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "weir",
                        "weir.engine",
                        "weir.engine.fault",
                        "weir.engine.segment",
                        "weir.engine.vector",
                        "weir.ingest..",
                        "weir.query..",
                        "org.apache.arrow.memory",
                        "org.apache.arrow.vector.ipc")
                .check(CLASSES);
    }
}
