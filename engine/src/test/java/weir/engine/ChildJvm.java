// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs a main class of the tests in another process.
public final class ChildJvm {
    private ChildJvm() {}

    /// What a child that ended normally printed.
    public static String run(Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        Process child = start(main, arguments);
        try {
            return printed(child);
        } finally {
            child.destroyForcibly();
        }
    }

    /// What `child` prints until it ends, as it must: normally and soon.
    public static String printed(Process child) throws IOException, InterruptedException {
        String printed = new String(child.getInputStream().readAllBytes(), UTF_8).strip();
        assertTrue(child.waitFor(60, TimeUnit.SECONDS), "the child does not end");
        assertTrue(child.exitValue() == 0, "exit " + child.exitValue() + ": " + printed);
        return printed;
    }

    /// A child at work; its standard error is part of its output.
    public static Process start(Class<?> main, String... arguments) throws IOException {
        return new ProcessBuilder(command(main, arguments)).redirectErrorStream(true).start();
    }

    /// What a child that a shell script starts as `"$@"` printed, when it ended normally.
    public static String runBy(String script, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        command.addAll(command(main, arguments));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            return printed(child);
        } finally {
            child.destroyForcibly();
        }
    }

    private static List<String> command(Class<?> main, String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:-CreateCoredumpOnCrash",
                                "-XX:+UseSerialGC",
                                "-XX:-UsePerfData",
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
