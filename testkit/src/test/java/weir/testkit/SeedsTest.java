// SPDX-License-Identifier: Apache-2.0
package weir.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SeedsTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void aGivenSeedIsUsedAndPrinted() {
        assertEquals(-42, Seeds.next("PrunerTest", " -42 ", out));
        assertEquals(
                "PrunerTest runs with seed -42 (again: -Dseed=-42)",
                bytes.toString(StandardCharsets.UTF_8).strip());
    }

    @Test
    void withoutOneTheSeedIsPrintedSoThatItCanBeGiven() {
        long seed = Seeds.next("PrunerTest", null, out);
        assertTrue(bytes.toString(StandardCharsets.UTF_8).contains("-Dseed=" + seed + ")"));
    }

    @Test
    void aSeedThatIsNoNumberIsRefusedByValue() {
        IllegalArgumentException error =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Seeds.next("PrunerTest", "seven", out));
        assertEquals("-Dseed is a whole number, not 'seven'", error.getMessage());
    }
}
