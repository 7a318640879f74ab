// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Runs whole processes and times them.
final class Processes {
    private Processes() {}

    /// What a finished process printed, and how long it took.
    ///
    /// @param seconds from start to end, of the wall clock
    record Finished(String out, String err, double seconds) {}

    /// Runs a command to its end.
    ///
    /// @throws IllegalStateException when it fails, with what it printed
    static Finished run(List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).start();
        process.getOutputStream().close();
        CompletableFuture<String> err = read(process.getErrorStream());
        String out = read(process.getInputStream()).join();
        int exit = process.waitFor();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (exit != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + " ended with " + exit + ":\n" + err.join());
        }
        return new Finished(out, err.join(), seconds);
    }

    private static CompletableFuture<String> read(InputStream stream) {
        return CompletableFuture.supplyAsync(() -> {
            try (stream) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new IllegalStateException("a process's output broke off", e);
            }
        });
    }

    /// The command that runs a main class of this class path in another JVM of this kind.
    static List<String> java(Class<?> main, String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "--enable-native-access=ALL-UNNAMED",
                                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
