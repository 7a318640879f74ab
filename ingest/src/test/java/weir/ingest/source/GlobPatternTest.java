// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GlobPatternTest {
    private static boolean matches(String pattern, String name) {
        return GlobPattern.parse(pattern).matches(name);
    }

    @Test
    void starsStayWithinOneName() {
        assertTrue(matches("a/*.gz", "a/b.gz"));
        assertFalse(matches("a/*.gz", "a/b/c.gz"));
        assertTrue(matches("a/?.gz", "a/b.gz"));
        assertFalse(matches("a/?.gz", "a/.gz"));
    }

    @Test
    void doubleStarsCrossDirectories() {
        assertTrue(matches("a/**/c.gz", "a/c.gz"));
        assertTrue(matches("a/**/c.gz", "a/x/y/c.gz"));
        assertTrue(matches("a/**", "a/x/y"));
        assertFalse(matches("a/**/c.gz", "a/xc.gz"));
    }

    @Test
    void bracketsAreSetsOfCharacters() {
        assertTrue(matches("day=[0-2]", "day=1"));
        assertFalse(matches("day=[0-2]", "day=3"));
        assertTrue(matches("[!ab]", "c"));
        assertFalse(matches("[!ab]", "a"));
        assertTrue(matches("[]]x", "]x"));
        assertTrue(matches("[\\^]x", "^x"));
    }

    @Test
    void allElseStandsForItself() {
        assertTrue(matches("{a,b}.(x)+$*", "{a,b}.(x)+$"));
        assertFalse(matches("a.b*", "axb"));
    }

    @Test
    void theBaseIsTheDirectoryOfAllMatches() {
        assertEquals("/x/y/", GlobPattern.parse("/x/y/z*/w").base());
        assertEquals("", GlobPattern.parse("*.gz").base());
    }

    @Test
    void anOpenBracketIsRefusedByName() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> GlobPattern.parse("a[b"));
        assertEquals("'a[b' is no pattern: a '[' is not closed", String.valueOf(e.getMessage()));
    }
}
