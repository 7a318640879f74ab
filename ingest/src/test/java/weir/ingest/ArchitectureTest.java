// SPDX-License-Identifier: Apache-2.0
package weir.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final int CLASSES_MIN = 40;

    private static final String RECORD = "weir.ingest.record";
    private static final String PARSE = "weir.ingest.parse";
    private static final String SOURCE = "weir.ingest.source";
    private static final String INFLATE = "weir.ingest.inflate";
    private static final String UNPACK = "weir.ingest.unpack";
    private static final String ENVELOPE = "weir.ingest.envelope";
    private static final String PARQUET = "weir.ingest.parquet";
    private static final String STREAM = "weir.ingest.stream";
    private static final String JOURNAL = "weir.ingest.journal";
    private static final String LIVE = "weir.ingest.live";
    private static final String PIPELINE = "weir.ingest.pipeline";

    /// What each package may use besides itself, the JDK and JSpecify.
    private static final Map<String, Set<String>> ALLOWED =
            Map.ofEntries(
                    Map.entry(RECORD, Set.of("weir.engine.schema")),
                    Map.entry(INFLATE, Set.of()),
                    Map.entry(SOURCE, Set.of(INFLATE, UNPACK, ENVELOPE, PARQUET, STREAM)),
                    Map.entry(STREAM, Set.of()),
                    Map.entry(
                            UNPACK,
                            Set.of(
                                    "org.apache.commons.compress.archivers.zip",
                                    "org.apache.commons.compress.compressors.bzip2",
                                    "org.apache.commons.compress.compressors.gzip",
                                    "org.apache.commons.compress.compressors.lz4",
                                    "org.apache.commons.compress.compressors.xz",
                                    "org.apache.commons.compress.compressors.zstandard")),
                    Map.entry(
                            ENVELOPE,
                            Set.of(
                                    STREAM,
                                    "com.fasterxml.jackson.core",
                                    "com.fasterxml.jackson.core.io")),
                    Map.entry(
                            PARQUET,
                            Set.of(
                                    STREAM,
                                    "dev.hardwood",
                                    "dev.hardwood.metadata",
                                    "dev.hardwood.reader",
                                    "dev.hardwood.schema")),
                    Map.entry(
                            PARSE,
                            Set.of(
                                    RECORD,
                                    STREAM,
                                    "weir.engine.fault",
                                    "weir.engine.memory",
                                    "weir.engine.schema",
                                    "weir.engine.segment")),
                    Map.entry(
                            PIPELINE,
                            Set.of(
                                    RECORD,
                                    SOURCE,
                                    PARSE,
                                    "weir.engine",
                                    "weir.engine.fault",
                                    "weir.engine.manifest",
                                    "weir.engine.scan",
                                    "weir.engine.schema",
                                    "weir.engine.segment",
                                    "weir.engine.vector")),
                    Map.entry(
                            "weir.ingest",
                            Set.of(
                                    JOURNAL,
                                    LIVE,
                                    RECORD,
                                    INFLATE,
                                    SOURCE,
                                    PARSE,
                                    PIPELINE,
                                    "weir.engine",
                                    "weir.engine.segment")),
                    Map.entry(
                            JOURNAL,
                            Set.of(
                                    "net.openhft.chronicle.bytes",
                                    "net.openhft.chronicle.queue",
                                    "net.openhft.chronicle.queue.impl.single",
                                    "net.openhft.chronicle.wire",
                                    "weir.engine.fault")),
                    Map.entry(
                            LIVE,
                            Set.of(
                                    RECORD,
                                    SOURCE,
                                    PARSE,
                                    PIPELINE,
                                    JOURNAL,
                                    "weir.engine",
                                    "weir.engine.fault",
                                    "weir.engine.segment")));

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("weir.ingest");

    @Test
    void theImportFoundTheClasses() {
        assertTrue(CLASSES.size() >= CLASSES_MIN, "only " + CLASSES.size() + " classes");
    }

    @Test
    void everyPackageUsesOnlyWhatItMay() {
        List<String> violations = new ArrayList<>();
        for (JavaClass origin : CLASSES) {
            Set<String> allowed = ALLOWED.getOrDefault(origin.getPackageName(), Set.of());
            for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
                boolean isFree =
                        target.isEmpty()
                                || target.startsWith("java.")
                                || target.startsWith("org.jspecify.")
                                || target.equals(origin.getPackageName());
                if (!isFree && !allowed.contains(target)) {
                    violations.add(origin.getName() + " uses " + target);
                }
            }
        }
        assertEquals(List.of(), violations);
    }

    @Test
    void everyPackageIsInTheTable() {
        for (JavaClass next : CLASSES) {
            assertTrue(ALLOWED.containsKey(next.getPackageName()), next.getName());
        }
    }

    @Test
    void onlyOnePackageNamesForeignFunctions() {
        noClasses()
                .that()
                .resideOutsideOfPackage(INFLATE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .check(CLASSES);
    }

    @Test
    void noPackagesUseEachOther() {
        slices().matching("weir.ingest.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
