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
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:-CreateCoredumpOnCrash",
                                "-XX:+UseSerialGC",
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        command.addAll(List.of(arguments));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String printed = new String(child.getInputStream().readAllBytes(), UTF_8).strip();
            assertTrue(child.waitFor(60, TimeUnit.SECONDS), "the child does not end");
            assertTrue(child.exitValue() == 0, "exit " + child.exitValue() + ": " + printed);
            return printed;
        } finally {
            child.destroyForcibly();
        }
    }
}
