// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;
import weir.engine.schema.IpAddress;

class DictionaryTest {
    private static TextDictionary texts(String... texts) {
        ByteSink sink = new ByteSink(16);
        byte[][] bytes =
                Stream.of(texts)
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new);
        TextDictionary.encode(bytes, sink);
        return TextDictionary.decode(Slice.of(Path.of("d"), sink.toByteArray()), "-");
    }

    private static AddressDictionary addresses(String... texts) {
        List<IpAddress> parsed =
                Stream.of(texts).map(IpAddress::parse).map(Objects::requireNonNull).toList();
        ByteSink sink = new ByteSink(16);
        AddressDictionary.encode(
                parsed.stream().mapToLong(IpAddress::high).toArray(),
                parsed.stream().mapToLong(IpAddress::low).toArray(),
                parsed.size(),
                sink);
        return AddressDictionary.decode(Slice.of(Path.of("d"), sink.toByteArray()), "-");
    }

    @Test
    void textsAreFoundByCodeAndCodesByText() {
        TextDictionary dictionary = texts("", "ACCEPT", "REJECT", "Zürich", "日本");
        assertEquals(6, dictionary.size());
        for (int code = 0; code < dictionary.size(); code++) {
            assertEquals(code, dictionary.codeOf(String.valueOf(dictionary.text(code))));
        }
        assertEquals("-", dictionary.text(0));
        assertEquals(-1, dictionary.codeOf("B"));
        assertEquals(-1, texts().codeOf("B"));
    }

    @Test
    void addressesKeepTheirOrderAcrossFamilies() {
        String[] order = {
            "::", "::1", "0.0.0.0", "10.2.0.0", "10.10.0.0", "2001:db8::1", "ff02::1"
        };
        AddressDictionary dictionary = addresses(order);
        for (int code = 1; code <= order.length; code++) {
            assertEquals(order[code - 1], dictionary.text(code));
            assertEquals(code, dictionary.codeOf(order[code - 1]));
            assertEquals(code, dictionary.lowerBound(bound(order[code - 1])));
        }
        assertEquals(0, dictionary.codeOf("-"));
        assertEquals(-1, dictionary.codeOf("2001:DB8::1"), "only the canonical text is the text");
        assertNull(dictionary.address(0));
        assertEquals(4, dictionary.lowerBound(bound("1.0.0.0")));
        assertEquals(dictionary.size(), dictionary.lowerBound(bound("ffff::")));
    }

    private static IpAddress bound(String text) {
        return Objects.requireNonNull(IpAddress.parse(text));
    }

    @Test
    void addressesOutOfOrderAreDamage() {
        CorruptSegmentException failure =
                assertThrows(
                        CorruptSegmentException.class,
                        () -> addresses("2001:db8::2", "2001:db8::1"));
        assertEquals("ascending addresses", failure.expected());
    }

    private static TextDictionary ofTexts(int from, int more, String... texts) {
        ByteSink sink = new ByteSink(64);
        sink.putInt(texts.length);
        int end = from;
        sink.putInt(from);
        for (String text : texts) {
            end += text.length();
            sink.putInt(end);
        }
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            sink.putBytes(bytes, 0, bytes.length);
        }
        sink.putBytes(new byte[more], 0, more);
        return TextDictionary.decode(Slice.of(Path.of("d"), sink.toByteArray()), "-");
    }

    @Test
    void textsThatDoNotAscendOrFillTheirPartAreDamage() {
        assertEquals(3, ofTexts(0, 0, "a", "ab").size());
        for (String[] texts : new String[][] {{"b", "a"}, {"a", "a"}, {"ab", "a"}, {"a", ""}}) {
            CorruptSegmentException failure =
                    assertThrows(CorruptSegmentException.class, () -> ofTexts(0, 0, texts));
            assertEquals("ascending texts", failure.expected());
            assertEquals("text 2 not above the last", failure.found());
            assertEquals(16 + texts[0].length(), failure.offset());
        }
        assertEquals(
                "texts that fill their part",
                assertThrows(CorruptSegmentException.class, () -> ofTexts(0, 1, "a")).expected());
        assertEquals(
                "a first text from byte 0",
                assertThrows(CorruptSegmentException.class, () -> ofTexts(1, 1, "a")).expected());
    }

    @Test
    void sizesAreCheckedBeforeTheyAreUsed() {
        byte[] huge = {
            (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
        };
        Slice slice = Slice.of(Path.of("d"), huge);
        assertThrows(CorruptSegmentException.class, () -> TextDictionary.decode(slice, null));
        assertThrows(CorruptSegmentException.class, () -> AddressDictionary.decode(slice, null));
    }
}
