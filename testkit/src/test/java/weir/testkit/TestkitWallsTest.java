// SPDX-License-Identifier: Apache-2.0
package weir.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class TestkitWallsTest {

    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("weir.testkit");

    @Test
    void theTestkitUsesNothingButTheJdk() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("weir.testkit..", "java..", "org.jspecify..")
                .check(MAIN);
    }

    @Test
    void theRecordPackageStandsOnNothing() {
        noClasses()
                .that()
                .resideInAPackage("weir.testkit.record")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "weir.testkit.generate..",
                        "weir.testkit.reference..",
                        "weir.testkit.faulty..")
                .check(MAIN);
    }
}
