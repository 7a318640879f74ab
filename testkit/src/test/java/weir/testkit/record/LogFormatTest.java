// SPDX-License-Identifier: Apache-2.0
package weir.testkit.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LogFormatTest {

    @Test
    void presetsHaveAsManyFieldsAsAwsDocuments() {
        int[] versions = {2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
        int[] counts = {14, 21, 25, 29, 29, 39, 40, 41, 42, 54};
        for (int i = 0; i < versions.length; i++) {
            assertEquals(counts[i], LogFormat.upTo(versions[i]).fields().size());
        }
    }

    @Test
    void theDefaultFormatIsAwsHeaderLine() {
        assertEquals(
                "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets"
                        + " bytes start end action log-status",
                LogFormat.V2.headerLine());
    }

    @Test
    void theVersionIsTheHighestAmongTheFields() {
        assertEquals(2, LogFormat.parse("srcaddr").version());
        assertEquals(5, LogFormat.parse("traffic-path srcaddr").version());
        assertEquals(11, LogFormat.parse("asg-tag").version());
    }

    @Test
    void presetsNamesAndAwsSpellingAreRead() {
        assertEquals(LogFormat.V5, LogFormat.parse(" v5 "));
        List<LogField> pair = List.of(LogField.DSTADDR, LogField.PKT_SRCADDR);
        assertEquals(pair, LogFormat.parse("dstaddr, pkt-srcaddr").fields());
        assertEquals(pair, LogFormat.parse("${dstaddr} ${pkt-srcaddr}").fields());
    }

    @Test
    void anUnknownNameIsRefusedByName() {
        IllegalArgumentException error =
                assertThrows(
                        IllegalArgumentException.class, () -> LogFormat.parse("srcaddr dstadr"));
        assertTrue(error.getMessage().startsWith("no flow log field is called 'dstadr'"));
    }

    @Test
    void emptyAndRepeatedFieldsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> LogFormat.parse(" "));
        IllegalArgumentException error =
                assertThrows(
                        IllegalArgumentException.class, () -> LogFormat.parse("start end start"));
        assertEquals("a format names each field once: start end start", error.getMessage());
    }
}
