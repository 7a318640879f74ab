// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What was measured on, and of what version: the heading of results. Says `?` for what this system
/// does not tell.
final class Machine {
    private Machine() {}

    /// Processor, cores, memory, operating system and JDK, in one line.
    static String words() {
        return "%s, %d processors, %s of memory; %s %s; JDK %s"
                .formatted(
                        valueOf("/proc/cpuinfo", "model name"),
                        Runtime.getRuntime().availableProcessors(),
                        memory(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        Runtime.version());
    }

    private static String memory() {
        String kilobytes = valueOf("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", "");
        return kilobytes.isEmpty()
                ? "?"
                : String.format(Locale.ROOT, "%.0f GB", Long.parseLong(kilobytes) * 1024 / 1e9);
    }

    private static String valueOf(String file, String name) {
        try {
            for (String line : Files.readAllLines(Path.of(file))) {
                if (line.startsWith(name)) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        } catch (IOException e) {
            return "?";
        }
        return "?";
    }

    /// The revision of the sources that a launcher lies among, and whether they were changed.
    static String revision(Path launcher) throws IOException, InterruptedException {
        String directory = launcher.toRealPath().resolveSibling("").toString();
        try {
            String revision = git(directory, "rev-parse", "--short", "HEAD");
            boolean isChanged = !git(directory, "status", "--porcelain", "-uno").isEmpty();
            return revision + (isChanged ? " with changes" : "");
        } catch (IOException | IllegalStateException e) {
            return "?"; // no git, or no repository
        }
    }

    private static String git(String directory, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", directory));
        command.addAll(List.of(arguments));
        return Processes.run(command).out().strip();
    }
}
