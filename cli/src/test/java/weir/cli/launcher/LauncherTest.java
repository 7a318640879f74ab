// SPDX-License-Identifier: Apache-2.0
package weir.cli.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher in a folder whose name has a blank, with JDKs that only print what they were given
/// and a Maven that only makes an empty jar.
class LauncherTest {
    private static final Path LAUNCHER = Path.of("..", "weir").toAbsolutePath().normalize();
    private static final String PRINT_ARGUMENTS =
            """
            #!/bin/sh
            echo "java of ${0%/bin/java}"
            for argument in "$@"; do echo "[$argument]"; done
            """;

    @TempDir Path directory;
    private Path top;
    private Path jdks;
    private Path tools;

    /// Keeps what it learns in the file it is told to, as a JDK does; counts how often.
    private static final String LEARN =
            """
            #!/bin/sh
            for argument in "$@"; do
                case $argument in
                    -XX:AOTCacheOutput=*)
                        echo practice >>"${0%/bin/java}/practices"
                        echo learnt >"${argument#*=}" ;;
                esac
                echo "[$argument]"
            done
            """;

    private record Run(int code, String out, String err) {}

    @BeforeEach
    void makeARepository() throws IOException {
        top = Files.createDirectories(directory.resolve("check out"));
        jdks = Files.createDirectories(directory.resolve("jdks"));
        tools = Files.createDirectories(directory.resolve("tools"));
        Files.copy(LAUNCHER, top.resolve("weir"));
        Files.writeString(top.resolve("pom.xml"), "<project/>");
        Files.createDirectories(top.resolve("cli/src/main/java"));
        Files.createDirectories(top.resolve("cli/target"));
        script(
                tools.resolve("mvn"),
                """
                #!/bin/sh
                echo "$$ starts with $JAVA_HOME" >>cli/target/mvn-runs
                sleep 0.3
                [ -f break-the-build ] && { echo "[ERROR] it does not compile"; exit 1; }
                mkdir -p cli/target/weir
                echo built >cli/target/weir/weir.jar
                """);
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertTrue(file.toFile().setExecutable(true));
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = jdks.resolve(name);
        script(home.resolve("bin/java"), PRINT_ARGUMENTS);
        script(home.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(
                home.resolve("release"),
                "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"");
        return home;
    }

    private void builtAt(Instant time) throws IOException {
        Path jar = top.resolve("cli/target/weir/weir.jar");
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "old");
        Files.setLastModifiedTime(jar, FileTime.from(time));
    }

    private void built() throws IOException {
        builtAt(Instant.now().plusSeconds(60));
    }

    private Process start(Path script, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> !name.equals("HOME"));
        builder.environment().put("PATH", tools + ":/usr/bin:/bin");
        builder.environment().put("WEIR_JDK_PLACE", jdks.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Run end(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return new Run(process.exitValue(), out, err);
    }

    private Run run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return end(start(top.resolve("weir"), environment, arguments));
    }

    private long builds() throws IOException {
        Path runs = top.resolve("cli/target/mvn-runs");
        return Files.exists(runs) ? Files.readAllLines(runs).size() : 0;
    }

    @Test
    void javaHomeIsTakenWhenItIsA25() throws Exception {
        jdk("a", "25.0.1");
        Path home = jdk("z", "25");
        built();
        run(Map.of("JAVA_HOME", home.toString()), "query"); // what is prepared once, is
        Run run = run(Map.of("JAVA_HOME", home.toString()), "query");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().startsWith("java of " + home + "\n"), run.out());
        assertEquals("", run.err());
    }

    @Test
    void aJdkIsBelievedByItsReleaseFileNotByItsName() throws Exception {
        Path wrong = jdk("jdk-25", "17.0.15");
        jdk("jdk-250", "250.0.1");
        Path right = jdk("jdk-17", "25.0.3");
        built();
        Run run = run(Map.of("JAVA_HOME", wrong.toString()), "query");
        assertTrue(run.out().startsWith("java of " + right + "\n"), run.out() + run.err());
    }

    @Test
    void theJavaOnThePathIsFollowedThroughLinks() throws Exception {
        Path home = jdk("real", "25.0.3");
        Path other = Files.createDirectories(directory.resolve("other"));
        Files.createSymbolicLink(tools.resolve("java"), home.resolve("bin/java"));
        built();
        Run run = run(Map.of("WEIR_JDK_PLACE", other.toString()), "query");
        assertTrue(run.out().contains("[query]"), run.out() + run.err());
    }

    @Test
    void withoutAJdk25OneSentenceSaysWhatToInstall() throws Exception {
        jdk("jdk-21", "21.0.2");
        built();
        Run run = run(new TreeMap<>(), "query");
        assertEquals(1, run.code());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("weir: needs a JDK 25: install one"), run.err());
        assertEquals(1, run.err().lines().count());
    }

    @Test
    void aMissingJarIsBuiltOnceAndSaysSoOnStandardErrorOnly() throws Exception {
        Path home = jdk("j", "25.0.3");
        Run first = run(Map.of(), "query");
        assertEquals(0, first.code(), first.err());
        assertTrue(first.err().startsWith("weir: building"), first.err());
        assertEquals(1, first.err().lines().count());
        assertFalse(first.out().contains("building"));
        assertEquals(1, builds());
        assertTrue(Files.readString(top.resolve("cli/target/mvn-runs")).contains("with " + home));
        Run second = run(Map.of(), "query");
        assertEquals("", second.err());
        assertEquals(1, builds());
    }

    @Test
    void aNewerSourceIsBuiltAnOlderOneIsNot() throws Exception {
        jdk("j", "25.0.3");
        builtAt(Instant.now().plusSeconds(60));
        run(Map.of(), "query");
        assertEquals(0, builds());
        builtAt(Instant.now().minusSeconds(3600));
        run(Map.of(), "query");
        assertEquals(1, builds());
    }

    @Test
    void aFailedBuildNamesItsLogAndLeavesNoLock() throws Exception {
        jdk("j", "25.0.3");
        Files.writeString(top.resolve("break-the-build"), "");
        Run run = run(Map.of(), "query");
        assertEquals(1, run.code());
        assertEquals("", run.out());
        Path log = top.toRealPath().resolve("cli/target/weir-build.log");
        assertTrue(run.err().contains("the build failed: see " + log), run.err());
        assertTrue(Files.readString(log).contains("it does not compile"));
        Files.delete(top.resolve("break-the-build"));
        assertEquals(0, run(Map.of(), "query").code());
    }

    @Test
    void withoutMavenOneSentenceSaysSo() throws Exception {
        jdk("j", "25.0.3");
        Files.delete(tools.resolve("mvn"));
        for (String tool : List.of("sh", "find", "readlink", "mkdir", "sleep", "mv", "rm")) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
        }
        Run run = run(Map.of("PATH", tools.toString()), "query");
        assertEquals(1, run.code());
        assertTrue(run.err().contains("needs Maven"), run.err());
        assertEquals(1, run.err().lines().count());
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        jdk("j", "25.0.3");
        Process one = start(top.resolve("weir"), Map.of(), "query");
        Process two = start(top.resolve("weir"), Map.of(), "query");
        assertEquals(0, end(one).code());
        assertEquals(0, end(two).code());
        assertEquals(1, builds());
    }

    @Test
    void aLockOfADeadProcessIsTakenOver() throws Exception {
        jdk("j", "25.0.3");
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path lock = Files.createDirectories(top.resolve("cli/target/build.lock"));
        Files.writeString(lock.resolve("pid"), dead.pid() + "\n");
        Run run = run(Map.of(), "query");
        assertEquals(0, run.code());
        assertFalse(run.err().contains("waiting"), run.err());
        assertEquals(1, builds());
        assertFalse(Files.exists(lock));
    }

    @Test
    void questionsOfSmallStoresDoWithTheQuickCompiler() throws Exception {
        jdk("j", "25.0.3");
        Path store = Files.createDirectories(top.resolve("a store/segments"));
        String quick = "[-XX:TieredStopAtLevel=1]";
        String path = store.getParent().toString();
        for (List<String> words :
                List.of(
                        List.of("query", "SELECT 1"),
                        List.of("--store", path, "query", "SELECT 1"),
                        List.of("explain", "--store=" + path, "SELECT 1"),
                        List.of("stats"))) {
            assertTrue(run(Map.of(), words.toArray(String[]::new)).out().contains(quick));
        }
        for (List<String> words :
                List.of(
                        List.of("ingest", "query"),
                        List.of("query", "--from", "logs", "SELECT 1"),
                        List.of("query", "--from=logs", "SELECT 1"),
                        List.of("compact"),
                        List.of("--store", "query"))) {
            assertFalse(run(Map.of(), words.toArray(String[]::new)).out().contains(quick));
        }
        for (int i = 0; i < 61; i++) {
            Files.createFile(store.resolve(i + ".seg"));
        }
        assertFalse(run(Map.of(), "query", "--store", path).out().contains(quick));
        assertFalse(run(Map.of("WEIR_STORE", path), "query").out().contains(quick));
        assertTrue(run(Map.of(), "query", "--store", path + "/none").out().contains(quick));
    }

    private Path jdkThatLearns() throws IOException {
        Path home = jdk("j", "25.0.3");
        script(home.resolve("bin/java"), LEARN);
        Files.writeString(
                home.resolve("release"),
                "JAVA_RUNTIME_VERSION=\"25.0.3+9-x\"\nJAVA_VERSION=\"25.0.3\"\n");
        return home;
    }

    private static long practices(Path home) throws IOException {
        return Files.readAllLines(home.resolve("practices")).size();
    }

    @Test
    void aNewProgramPractisesOnceAndLaterStartsUseIt() throws Exception {
        Path home = jdkThatLearns();
        String use =
                "[-XX:AOTCache="
                        + top.toRealPath().resolve("cli/target/weir/weir-25.0.3+9-x.aot")
                        + "]";
        Run first = run(Map.of(), "query");
        assertEquals(1, first.err().lines().count(), first.err());
        assertTrue(first.out().contains(use), first.out());
        assertFalse(first.out().contains("generate"), first.out());
        assertTrue(run(Map.of(), "query").out().contains(use));
        assertEquals(1, practices(home));
        assertFalse(run(Map.of("WEIR_AOT", "off"), "query").out().contains("AOT"));

        builtAt(Instant.now().plusSeconds(1)); // by Maven, not by the launcher
        Run other = run(Map.of(), "query");
        assertEquals("weir: preparing faster starts (once, some seconds)\n", other.err());
        assertEquals(2, practices(home));
        try (Stream<Path> left = Files.list(top.resolve("cli/target/weir"))) {
            assertEquals(2, left.count(), "the jar and what was learnt");
        }
    }

    @Test
    void whereNothingIsLearntItIsNotTriedAgain() throws Exception {
        jdk("j", "25.0.3");
        builtAt(Instant.now());
        assertFalse(run(Map.of(), "query").out().contains("AOTCache"));
        assertEquals("", run(Map.of(), "query").err());
    }

    @Test
    void nobodyWaitsForThePracticeOfAnotherAndADeadOneIsTakenOver() throws Exception {
        Path home = jdkThatLearns();
        builtAt(Instant.now());
        Path lock = Files.createDirectories(top.resolve("cli/target/weir/practice.lock"));
        Files.writeString(lock.resolve("pid"), ProcessHandle.current().pid() + "\n");
        Run meanwhile = run(Map.of(), "query");
        assertEquals("", meanwhile.err());
        assertFalse(meanwhile.out().contains("AOTCache"), meanwhile.out());
        assertFalse(Files.exists(home.resolve("practices")));

        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.writeString(lock.resolve("pid"), dead.pid() + "\n");
        assertTrue(run(Map.of(), "query").out().contains("AOTCache"));
        assertFalse(Files.exists(lock));
    }

    /// The JVM that runs this test, with a file of practice that is none.
    @Test
    void aFileOfAnotherJvmIsNotSpokenOf() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path none = Files.writeString(directory.resolve("none.aot"), "nothing was learnt here");
        Process process =
                new ProcessBuilder(
                                java.toString(),
                                "-Xlog:disable",
                                "-XX:AOTCache=" + none,
                                "--version")
                        .redirectErrorStream(true)
                        .start();
        Run run = end(process);
        assertEquals(0, run.code(), run.out());
        assertFalse(run.out().contains("aot"), run.out());
    }

    @Test
    void worksThroughLinksFromAnywhereAndKeepsArguments() throws Exception {
        jdk("j", "25.0.3");
        built();
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path link =
                Files.createSymbolicLink(bin.resolve("weir"), Path.of("..", "check out", "weir"));
        Path again = Files.createSymbolicLink(directory.resolve("w"), link);
        Run run =
                end(start(again, Map.of("WEIR_JAVA_OPTS", "-Xmx9g -Dx=*"), "a b", "*", "", "--x"));
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().endsWith("[a b]\n[*]\n[]\n[--x]\n"), run.out());
        assertTrue(run.out().contains("[-Xmx9g]\n[-Dx=*]\n"), run.out());
        assertTrue(
                run.out()
                        .contains("[" + top.toRealPath().resolve("cli/target/weir/weir.jar") + "]"),
                run.out());
    }
}
