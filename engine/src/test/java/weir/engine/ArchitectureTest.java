// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The walls inside the engine, as ARCHITECTURE.md lists them: each package uses only those named.
class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("weir.engine");

    private static final Map<String, List<String>> MAY_USE = new LinkedHashMap<>();

    static {
        MAY_USE.put("fault", List.of());
        MAY_USE.put("schema", List.of("fault"));
        MAY_USE.put("memory", List.of("fault"));
        MAY_USE.put("vector", List.of("fault", "schema"));
        MAY_USE.put("encoding", List.of("fault", "schema", "memory", "vector"));
        MAY_USE.put("index", List.of("fault", "schema", "memory", "encoding"));
        MAY_USE.put("format", List.of("fault", "schema", "memory", "index"));
        MAY_USE.put(
                "segment",
                List.of("fault", "schema", "memory", "vector", "encoding", "index", "format"));
        MAY_USE.put("manifest", List.of("fault", "schema", "memory"));
        MAY_USE.put(
                "verify",
                List.of(
                        "fault",
                        "schema",
                        "memory",
                        "vector",
                        "encoding",
                        "index",
                        "format",
                        "segment",
                        "manifest"));
        MAY_USE.put("scan", List.of("fault", "schema", "vector", "encoding", "index", "segment"));
        MAY_USE.put("compact", List.of("fault", "schema", "vector", "index", "segment", "scan"));
    }

    @Test
    void theImportSawTheEngine() {
        assertTrue(CLASSES.size() > 60, "only " + CLASSES.size() + " classes");
    }

    @Test
    void everyPackageUsesOnlyWhatItMay() {
        MAY_USE.forEach((name, allowed) -> {
            List<String> packages = new ArrayList<>(List.of("weir.engine." + name + ".."));
            allowed.forEach(other -> packages.add("weir.engine." + other + ".."));
            noClasses()
                    .that()
                    .resideInAPackage("weir.engine." + name + "..")
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("weir..")
                                    .and(not(resideInAnyPackage(packages.toArray(String[]::new)))))
                    .check(CLASSES);
        });
    }

    @Test
    void noPackageIsInACycle() {
        slices().matching("weir.engine.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void eachLibraryIsNamedByOnePackage() {
        only("org.roaringbitmap..", "weir.engine.index");
        only("java.lang.foreign..", "weir.engine.memory");
        only("java.util.zip..", "weir.engine.memory");
    }

    private static void only(String library, String owner) {
        noClasses()
                .that()
                .resideOutsideOfPackage(owner)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }
}
