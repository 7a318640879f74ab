// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Runs whole processes, one at a time, and measures them.
final class Processes {
    private Processes() {}

    /// What a finished process printed, how long it took and what it used.
    ///
    /// @param seconds from start to end, of the wall clock
    record Finished(String out, String err, double seconds, ProcessUsage usage) {}

    /// Runs a command to its end.
    ///
    /// @throws IllegalStateException when it fails, with what it printed
    static Finished run(List<String> command) throws IOException, InterruptedException {
        return run(command, Map.of());
    }

    /// The same with more environment.
    static Finished run(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        ProcessUsage.Meter meter = ProcessUsage.meter();
        long start = System.nanoTime();
        Process process = builder.start();
        process.getOutputStream().close();
        CompletableFuture<String> out = read(process.getInputStream());
        CompletableFuture<String> err = read(process.getErrorStream());
        ProcessUsage usage = meter.follow(process);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (process.exitValue() != 0) {
            throw new IllegalStateException(
                    String.join(" ", command)
                            + " ended with "
                            + process.exitValue()
                            + ":\n"
                            + err.join());
        }
        return new Finished(out.join(), err.join(), seconds, usage);
    }

    /// Each stream has a thread: one that nobody reads would stop the process when it is full.
    private static CompletableFuture<String> read(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (stream) {
                        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw new IllegalStateException("a process's output broke off", e);
                    }
                },
                task -> Thread.ofPlatform().daemon().start(task));
    }

    /// The command that runs a main class of this class path in another JVM of this kind.
    static List<String> java(Class<?> main, String... arguments) {
        return java(List.of(), main, List.of(arguments));
    }

    /// The same with options for that JVM.
    static List<String> java(List<String> options, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        "--enable-native-access=ALL-UNNAMED",
                        main.getName()));
        command.addAll(arguments);
        return command;
    }
}
