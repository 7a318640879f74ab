// SPDX-License-Identifier: Apache-2.0
package weir.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// Amounts as people read them.
class QuantityTest {
    @Test
    void wholeSecondsAreNeverTooFew() {
        assertEquals("1 s", Quantity.wholeSeconds(0));
        assertEquals("4 s", Quantity.wholeSeconds(3.01));
        assertEquals("99 s", Quantity.wholeSeconds(99));
        assertEquals("1 min 40 s", Quantity.wholeSeconds(99.5));
        assertEquals("2 h 00 min", Quantity.wholeSeconds(7_200));
    }
}
