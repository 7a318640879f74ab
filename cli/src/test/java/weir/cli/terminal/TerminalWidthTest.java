// SPDX-License-Identifier: Apache-2.0
package weir.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// What is believed to be a width.
class TerminalWidthTest {
    @Test
    void onlyNumbersOfColumnsAreBelieved() {
        assertEquals(120, TerminalWidth.valueOf("120"));
        assertEquals(0, TerminalWidth.valueOf(null));
        assertEquals(0, TerminalWidth.valueOf(""));
        assertEquals(0, TerminalWidth.valueOf("-1"));
        assertEquals(0, TerminalWidth.valueOf("wide"));
        assertEquals(0, TerminalWidth.valueOf("10001"));
        assertEquals(0, TerminalWidth.valueOf("99999999999"));
    }

    @Test
    void thereIsAlwaysAWidth() {
        assertTrue(TerminalWidth.columns() > 0);
    }
}
