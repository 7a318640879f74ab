// SPDX-License-Identifier: Apache-2.0
package weir.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The walls inside the command line.
class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("weir.cli");

    /// What of Weir each package may name beside itself.
    private static final Map<String, List<String>> MAY_USE =
            Map.of(
                    "terminal",
                    List.of(),
                    "output",
                    List.of(
                            "weir.engine.vector",
                            "weir.query.plan",
                            "weir.query.type",
                            "weir.query.value"),
                    "report",
                    List.of(
                            "weir.cli.output",
                            "weir.cli.terminal",
                            "weir.engine..",
                            "weir.ingest",
                            "weir.query.ask",
                            "weir.query.catalog",
                            "weir.query.exec",
                            "weir.query.plan",
                            "weir.query.type"),
                    "progress",
                    List.of("weir.cli.report", "weir.cli.terminal"),
                    "command",
                    List.of(
                            "weir.cli.output",
                            "weir.cli.progress",
                            "weir.cli.report",
                            "weir.cli.terminal",
                            "weir.engine",
                            "weir.engine.fault",
                            "weir.engine.vector",
                            "weir.engine.verify",
                            "weir.ingest",
                            "weir.ingest.live",
                            "weir.query",
                            "weir.query.arrow",
                            "weir.query.ask",
                            "weir.query.catalog",
                            "weir.query.exec",
                            "weir.query.fault",
                            "weir.query.lookup",
                            "weir.query.sql",
                            "weir.testkit.."));

    @Test
    void theImportSawTheCommandLine() {
        assertTrue(CLASSES.size() > 30, "only " + CLASSES.size() + " classes");
    }

    @Test
    void everyPackageUsesOnlyWhatItMay() {
        MAY_USE.forEach((name, allowed) -> {
            String own = "weir.cli." + name;
            String[] packages =
                    Stream.concat(Stream.of(own), allowed.stream()).toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(own)
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("weir..").and(not(resideInAnyPackage(packages))))
                    .check(CLASSES);
        });
    }

    @Test
    void noPackageIsInACycle() {
        slices().matching("weir.cli.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheCommandsNamePicocli() {
        noClasses()
                .that()
                .resideOutsideOfPackage("weir.cli.command")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(CLASSES);
    }

    @Test
    void onlyOneClassNamesTheLibraryOfTheBar() {
        noClasses()
                .that()
                .haveNameNotMatching("weir\\.cli\\.progress\\.ProgressBars(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("me.tongfei..", "org.jline..")
                .check(CLASSES);
    }

    @Test
    void nobodyUsesTheJvmsOwnStreams() {
        noClasses().should().accessField(System.class, "out").check(CLASSES);
        noClasses().should().accessField(System.class, "err").check(CLASSES);
        noClasses().should().accessField(System.class, "in").check(CLASSES);
    }
}
