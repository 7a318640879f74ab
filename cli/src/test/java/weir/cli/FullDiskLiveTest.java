// SPDX-License-Identifier: Apache-2.0
package weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `weir ingest --live` on a file system of its own that another file fills: it stops to say that
/// records are safe, goes on when there is room, and has lost none. Where no file system can be
/// mounted the test is skipped.
@Timeout(120)
class FullDiskLiveTest {
    private static final int FIRST = 50_000;
    private static final int ALL = 200_000;

    /// Fills the disk between two parts of the input, and gives room again when that is said.
    private static final String SCRIPT =
            """
            d=$1; first=$2; rest=$3; shift 3
            mount -t tmpfs -o size=120m none "$d" || exit 9
            mkfifo "$d/in"
            "$@" ingest --live --store "$d/store" - <"$d/in" 2>"$d/err" &
            weir=$!
            said() { until grep -q "$1" "$d/err"; do kill -0 $weir || exit 8; sleep 0.05; done; }
            exec 3>"$d/in"
            cat "$first" >&3
            said '^acked 50000$'
            head -c 500000000 /dev/zero >"$d/filler" 2>/dev/null
            cat "$rest" >&3 3>&- &
            exec 3>&-
            said 'waiting, nothing is lost'
            grep '^acked' "$d/err" | tail -n 1
            rm "$d/filler"
            wait $weir; echo "code $?"
            grep '^acked' "$d/err" | tail -n 1
            grep -c 'goes on' "$d/err" >/dev/null && echo 'went on'
            "$@" query --store "$d/store" \\
                'SELECT count(*) AS n, count(DISTINCT bytes) AS m FROM vpc_flow_logs'
            """;

    @TempDir Path directory;

    private Path lines(String name, int from, int to) throws IOException {
        Path file = directory.resolve(name);
        try (Writer out = Files.newBufferedWriter(file)) {
            for (int i = from; i < to; i++) {
                out.write(
                        "2 123456789010 eni-1 10.0.0.%d 10.1.0.1 %d 443 6 1 %d %d %d ACCEPT OK\n"
                                .formatted(i % 250, i % 60_000, i, 1_700_000_000, 1_700_000_060));
            }
        }
        return file;
    }

    @Test
    void aFullDiskStopsTheAcksAndLosesNothing() throws Exception {
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        String canMount = "mount -t tmpfs none '%s'".formatted(mounted);
        Process attempt = new ProcessBuilder("unshare", "-rm", "sh", "-c", canMount).start();
        assumeTrue(attempt.waitFor() == 0, "no file system can be mounted here");
        Path script = Files.writeString(directory.resolve("script"), SCRIPT);
        List<String> command = new ArrayList<>(List.of("unshare", "-rm", "sh"));
        command.add(script.toString());
        command.add(mounted.toString());
        command.add(lines("first", 0, FIRST).toString());
        command.add(lines("rest", FIRST, ALL).toString());
        command.addAll(CommandProcess.weir());
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("out").toFile())
                        .start();
        assertTrue(process.waitFor(100, TimeUnit.SECONDS), "it goes on and on");
        assertEquals(
                List.of("acked 50000", "code 0", "acked " + ALL, "went on", "n,m", ALL + "," + ALL),
                Files.readAllLines(directory.resolve("out"), UTF_8));
    }
}
