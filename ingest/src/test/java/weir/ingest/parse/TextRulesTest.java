// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import weir.ingest.record.FieldKind;
import weir.testkit.Seeds;

class TextRulesTest {
    private static boolean isAllowed(FieldKind kind, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return TextRules.isAllowed(kind, bytes, 0, bytes.length);
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Test
    void utf8IsWhatTheJdkDecodes() {
        Random random = new Random(Seeds.next("TextRulesTest"));
        byte[] edges = {
            0,
            0x7f,
            (byte) 0x80,
            (byte) 0x8f,
            (byte) 0x90,
            (byte) 0x9f,
            (byte) 0xa0,
            (byte) 0xbf,
            (byte) 0xc0,
            (byte) 0xc1,
            (byte) 0xc2,
            (byte) 0xdf,
            (byte) 0xe0,
            (byte) 0xed,
            (byte) 0xef,
            (byte) 0xf0,
            (byte) 0xf4,
            (byte) 0xf5,
            (byte) 0xff
        };
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = new byte[random.nextInt(6)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = edges[random.nextInt(edges.length)];
            }
            assertEquals(
                    isUtf8(bytes),
                    TextRules.isUtf8(bytes, 0, bytes.length),
                    () -> Arrays.toString(bytes));
        }
    }

    @Test
    void controlCharactersAreNotAllowedInText() {
        assertTrue(isAllowed(FieldKind.TEXT, "=cmd|' /C calc'!A0 é 漢 𝄞"));
        for (String bad :
                new String[] {"a\u0000", "\u001b[31m", "a\tb", "\u007f", "\u0085", "a\r"}) {
            assertFalse(isAllowed(FieldKind.TEXT, bad), bad);
        }
        assertTrue(isAllowed(FieldKind.TEXT, "x".repeat(65_536)));
        assertFalse(isAllowed(FieldKind.TEXT, "x".repeat(65_537)));
    }

    @Test
    void actionAndStatusAreClosedSets() {
        assertTrue(isAllowed(FieldKind.ACTION, "ACCEPT"));
        assertFalse(isAllowed(FieldKind.ACTION, "accept"));
        assertFalse(isAllowed(FieldKind.ACTION, "ACCEPTED"));
        assertTrue(isAllowed(FieldKind.LOG_STATUS, "SKIPDATA"));
        assertFalse(isAllowed(FieldKind.LOG_STATUS, "O"));
    }

    @Test
    void stampsAreTimesInUtc() {
        assertTrue(isAllowed(FieldKind.STAMP, "2022-02-21T18:54:29.000Z"));
        assertTrue(isAllowed(FieldKind.STAMP, "2022-02-21T18:54:29Z"));
        assertFalse(isAllowed(FieldKind.STAMP, "2022-02-21T18:54:29.000"));
        assertFalse(isAllowed(FieldKind.STAMP, "2022-02-21 18:54:29Z"));
        assertFalse(isAllowed(FieldKind.STAMP, "2022-02-21T18:54:29.0x0Z"));
        assertFalse(isAllowed(FieldKind.STAMP, "-"));
    }
}
