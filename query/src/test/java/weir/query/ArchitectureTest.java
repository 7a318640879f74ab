// SPDX-License-Identifier: Apache-2.0
package weir.query;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final int CLASSES_MIN = 100;

    private static final String FAULT = "weir.query.fault";
    private static final String TYPE = "weir.query.type";
    private static final String EXPR = "weir.query.expr";
    private static final String FUNCTION = "weir.query.function";
    private static final String CATALOG = "weir.query.catalog";
    private static final String PLAN = "weir.query.plan";
    private static final String SQL = "weir.query.sql";
    private static final String VALUE = "weir.query.value";
    private static final String EXEC = "weir.query.exec";
    private static final String CHANGE = "weir.query.change";
    private static final String ASK = "weir.query.ask";
    private static final String CONTEXT = "weir.query.context";
    private static final String LOOKUP = "weir.query.lookup";
    private static final String ARROW = "weir.query.arrow";

    /// What each package may use besides itself, the JDK and JSpecify; a third-party name stands
    /// for all packages below it.
    private static final Map<String, Set<String>> ALLOWED =
            Map.ofEntries(
                    Map.entry(FAULT, Set.of()),
                    Map.entry(TYPE, Set.of()),
                    Map.entry(EXPR, Set.of(TYPE, FAULT, "weir.engine.schema")),
                    Map.entry(
                            CATALOG,
                            Set.of(
                                    TYPE,
                                    EXPR,
                                    "weir.engine",
                                    "weir.engine.index",
                                    "weir.engine.scan",
                                    "weir.engine.schema",
                                    "weir.engine.segment",
                                    "weir.engine.vector")),
                    Map.entry(
                            LOOKUP,
                            Set.of(
                                    TYPE,
                                    CATALOG,
                                    FAULT,
                                    VALUE,
                                    "weir.engine.schema",
                                    "com.fasterxml.jackson.core",
                                    "org.apache.commons.csv")),
                    Map.entry(
                            CONTEXT,
                            Set.of(
                                    CATALOG,
                                    FAULT,
                                    FUNCTION,
                                    VALUE,
                                    "weir.engine",
                                    "weir.engine.scan",
                                    "weir.engine.schema",
                                    "weir.engine.segment",
                                    "weir.engine.vector")),
                    Map.entry(
                            ASK,
                            Set.of(
                                    FAULT,
                                    VALUE,
                                    CATALOG,
                                    "weir.engine",
                                    "weir.engine.index",
                                    "weir.engine.schema",
                                    "weir.engine.segment")),
                    Map.entry(
                            CHANGE, Set.of(TYPE, CATALOG, FAULT, PLAN, VALUE, EXEC, "weir.engine")),
                    Map.entry(
                            PLAN, Set.of(TYPE, EXPR, CATALOG, FAULT, VALUE, "weir.engine.schema")),
                    Map.entry(
                            SQL,
                            Set.of(
                                    TYPE,
                                    EXPR,
                                    CATALOG,
                                    FAULT,
                                    PLAN,
                                    VALUE,
                                    FUNCTION,
                                    CONTEXT,
                                    "io.trino.sql")),
                    Map.entry(VALUE, Set.of(TYPE, EXPR, FAULT, "weir.engine.schema")),
                    Map.entry(
                            FUNCTION,
                            Set.of(
                                    TYPE,
                                    EXPR,
                                    FAULT,
                                    VALUE,
                                    "weir.engine.schema",
                                    "com.google.re2j",
                                    "org.joda.time")),
                    Map.entry(EXEC, Set.of(TYPE, EXPR, CATALOG, FAULT, PLAN, VALUE, "weir.engine")),
                    Map.entry(
                            ARROW,
                            Set.of(
                                    TYPE,
                                    VALUE,
                                    PLAN,
                                    EXEC,
                                    "weir.engine.schema",
                                    "weir.engine.vector",
                                    "org.apache.arrow")),
                    Map.entry(
                            "weir.query",
                            Set.of(
                                    TYPE,
                                    EXPR,
                                    CATALOG,
                                    FAULT,
                                    PLAN,
                                    SQL,
                                    VALUE,
                                    EXEC,
                                    CHANGE,
                                    ARROW,
                                    "weir.engine",
                                    "org.apache.arrow")));

    /// Of whose packages the whole tree below a name is meant.
    private static final Set<String> WHOLE_TREES =
            Set.of("io.trino.sql", "org.apache.arrow", "org.joda.time", "weir.engine");

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("weir.query");

    @Test
    void theImportFoundTheClasses() {
        assertTrue(CLASSES.size() >= CLASSES_MIN, "only " + CLASSES.size() + " classes");
    }

    @Test
    void everyPackageUsesOnlyWhatItMay() {
        Set<String> violations = new HashSet<>();
        for (JavaClass origin : CLASSES) {
            Set<String> allowed = ALLOWED.getOrDefault(origin.getPackageName(), Set.of());
            for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
                boolean isFree =
                        target.isEmpty()
                                || target.startsWith("java.")
                                || target.startsWith("javax.crypto")
                                || target.startsWith("org.jspecify.")
                                || target.equals(origin.getPackageName());
                if (!isFree && !isAllowed(target, allowed)) {
                    violations.add(origin.getName() + " uses " + target);
                }
            }
        }
        assertEquals(List.of(), violations.stream().sorted().toList());
    }

    private static boolean isAllowed(String target, Set<String> allowed) {
        return allowed.stream()
                .anyMatch(name ->
                        target.equals(name)
                                || (WHOLE_TREES.contains(name) && target.startsWith(name + ".")));
    }

    @Test
    void everyPackageIsInTheTable() {
        List<String> strangers = new ArrayList<>();
        for (JavaClass next : CLASSES) {
            if (!ALLOWED.containsKey(next.getPackageName())) {
                strangers.add(next.getName());
            }
        }
        assertEquals(List.of(), strangers);
    }

    @Test
    void noPackagesUseEachOther() {
        slices().matching("weir.query.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
