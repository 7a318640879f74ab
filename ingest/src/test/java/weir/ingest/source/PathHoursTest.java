// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathHoursTest {
    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-11-08T00:00:00Z");

    private static boolean mayHold(String folder) {
        return PathHours.mayHold(Path.of(folder), FROM, TO);
    }

    @ParameterizedTest
    @CsvSource({
        "2026/10/30, false",
        "2026/10/31, true", // what comes an hour late lies where it ended, by its clock
        "2026/11/01, true",
        "2026/11/07, true",
        "2026/11/08, true", // what starts at 23:59 ends here
        "2026/11/09, false",
        "2026/10/31/21, false",
        "2026/10/31/23, true",
        "2026/11/08/00, true",
        "2026/11/08/01, false",
        "2026/13/45, true",
        "2025, false",
        "2026, true",
        "2027, false",
        "2026/09, false",
        "2026/10, true",
        "2026/11, true",
        "2026/12, false"
    })
    void foldersOfAwsTellTheirTime(String folder, boolean mayHold) {
        String[] parts = folder.split("/", -1);
        StringBuilder hive = new StringBuilder("/b/aws-service=vpcflowlogs/aws-region=r");
        String[] names = {"year", "month", "day", "hour"};
        for (int i = 0; i < parts.length; i++) {
            hive.append('/').append(names[i]).append('=').append(parts[i]);
        }
        assertEquals(mayHold, mayHold("/b/AWSLogs/1/vpcflowlogs/eu-west-1/" + folder));
        assertEquals(mayHold, mayHold("/b/AWSLogs/1/vpcflowlogs/r/" + folder + "/more/f"));
        assertEquals(mayHold, mayHold("/b/AWSLogs/o-1/1/vpcflowlogs/r/" + folder));
        assertEquals(mayHold, mayHold(hive.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/b", "/2020/01/01", "/b/vpcflowlogs/2020/01/01", "/b/vpcflowlogs/r", "/"})
    void otherFoldersMayHoldAnything(String path) {
        assertTrue(mayHold(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1999/01/01", "2099/01/01"})
    void withoutBoundsEveryFolderCounts(String folder) {
        assertTrue(PathHours.mayHold(Path.of("/vpcflowlogs/r/" + folder), null, null));
    }
}
