// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import weir.engine.SpecDocument;
import weir.engine.SpecDocument.Example;
import weir.engine.SpecDocument.Field;
import weir.engine.encoding.Encoding.Level;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;
import weir.engine.schema.IpAddress;
import weir.engine.vector.Dictionary;

/// The document of the format says what encodings and dictionaries do: every example of it is read,
/// and written again.
class EncodingSpecTest {
    private static final SpecDocument SPEC = SpecDocument.read();
    private static final Set<Integer> RETIRED = Set.of(4, 11);

    /// Something that the document shows in bytes.
    ///
    /// @param heading where
    /// @param reader reads the bytes as the values that the example gives
    /// @param writer writes those values
    private record Form(String heading, Reader reader, Writer writer) {}

    private interface Reader {
        List<String> read(Slice body, Example example);
    }

    private interface Writer {
        void write(Example example, ByteSink sink);
    }

    private static List<Encoding> encodings() {
        return List.of(
                new ConstantEncoding(),
                new PlaneEncoding(),
                new PackedEncoding(),
                new RunEncoding(),
                new ValueListEncoding(),
                new FrequencyEncoding(),
                new MagnitudeEncoding());
    }

    private static String heading(int wireId) {
        String name = BlockCodec.nameOf(wireId);
        return name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1);
    }

    private static List<Form> forms() {
        List<Form> forms = new ArrayList<>();
        for (Encoding encoding : encodings()) {
            forms.add(
                    block(
                            encoding.wireId(),
                            (example, sink) -> {
                                long[] codes = example.numbers("");
                                encoding.encode(BlockShape.of(codes, codes.length), sink);
                            }));
        }
        forms.add(
                block(
                        ChoiceEncoding.WIRE_ID,
                        (_, sink) -> ChoiceEncoding.encode(0, 1, 2, false, sink)));
        forms.add(block(EqualEncoding.WIRE_ID, EncodingSpecTest::writeEqual));
        forms.add(block(DifferenceEncoding.WIRE_ID, EncodingSpecTest::writeDifference));
        forms.add(block(DeterminedEncoding.WIRE_ID, EncodingSpecTest::writeDetermined));
        forms.add(
                new Form(
                        "Nested block",
                        (body, example) -> {
                            int count = example.numbers("").length;
                            assertEquals(body.size(), NestedBlock.sizeBytes(body, 0));
                            long[] codes = NestedBlock.decode(body, 0, count, Level.RUNS);
                            return texts(Arrays.copyOf(codes, count));
                        },
                        (example, sink) -> {
                            long[] codes = example.numbers("");
                            NestedBlock.encode(BlockCodec.choose(codes, codes.length), sink);
                        }));
        forms.add(
                new Form(
                        "Ascending numbers",
                        (body, _) -> texts(AscendingNumbers.decode(body).frame(0)),
                        (example, sink) -> {
                            long[] numbers = example.numbers("");
                            AscendingNumbers.encode(numbers, numbers.length, sink);
                        }));
        forms.add(
                new Form(
                        "Text dictionary",
                        (body, _) -> texts(TextDictionary.decode(body, null)),
                        (example, sink) ->
                                TextDictionary.encode(
                                        example.values("").stream()
                                                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                                                .toArray(byte[][]::new),
                                        sink)));
        forms.add(
                new Form(
                        "Address dictionary",
                        (body, _) -> texts(AddressDictionary.decode(body, null)),
                        EncodingSpecTest::writeAddresses));
        return forms;
    }

    private static Form block(int wireId, Writer writer) {
        Reader reader =
                (body, example) -> {
                    int rows = example.numbers("").length;
                    Siblings siblings = ordinal -> column(example.columns().get(ordinal));
                    return texts(decoded(BlockCodec.decoder(wireId, body, rows, siblings), rows));
                };
        return new Form(heading(wireId), reader, writer);
    }

    private static BlockDecoder column(long[] codes) {
        ByteSink sink = new ByteSink(64);
        int wireId = BlockCodec.encode(codes, codes.length, sink);
        Slice body = slice(sink.toByteArray());
        return BlockCodec.decoder(wireId, body, codes.length, Siblings.none(body));
    }

    private static long[] decoded(BlockDecoder decoder, int rows) {
        long[] codes = new long[rows];
        long[] batch = new long[Limits.BATCH_ROWS];
        for (int from = 0; from < rows; from += Limits.BATCH_ROWS) {
            decoder.decodeLongs(from / Limits.BATCH_ROWS, batch);
            System.arraycopy(batch, 0, codes, from, Math.min(Limits.BATCH_ROWS, rows - from));
        }
        return codes;
    }

    private static void writeEqual(Example example, ByteSink sink) {
        long[] codes = example.numbers("");
        long[] other = example.columns().getFirst();
        int[] rows =
                IntStream.range(0, codes.length).filter(row -> codes[row] != other[row]).toArray();
        int[] different = Arrays.stream(rows).map(row -> (int) codes[row]).toArray();
        new EqualEncoding.Form(rows, different, rows.length).encode(0, sink);
    }

    private static void writeDifference(Example example, ByteSink sink) {
        long[] differences = example.numbers("");
        int width = BlockShape.of(differences, differences.length).width;
        long[] other = example.columns().getFirst();
        Arrays.setAll(differences, row -> differences[row] - other[row]);
        long base = Arrays.stream(differences).min().orElseThrow();
        Arrays.setAll(differences, row -> differences[row] - base);
        BlockForm form = BlockCodec.choose(differences, differences.length);
        DifferenceEncoding.encode(0, base, width, form, sink);
    }

    private static void writeDetermined(Example example, ByteSink sink) {
        long[] other = example.columns().getFirst();
        int[] codes = new int[(int) Arrays.stream(other).max().orElseThrow() + 1];
        long[] values = example.numbers("");
        for (int row = 0; row < values.length; row++) {
            codes[(int) other[row]] = (int) values[row];
        }
        DeterminedEncoding.encode(0, codes, codes.length, sink);
    }

    private static void writeAddresses(Example example, ByteSink sink) {
        List<IpAddress> addresses =
                example.values("").stream()
                        .map(text -> Objects.requireNonNull(IpAddress.parse(text), text))
                        .toList();
        AddressDictionary.encode(
                addresses.stream().mapToLong(IpAddress::high).toArray(),
                addresses.stream().mapToLong(IpAddress::low).toArray(),
                addresses.size(),
                sink);
    }

    private static List<String> texts(long[] numbers) {
        return Arrays.stream(numbers).mapToObj(Long::toString).toList();
    }

    private static List<String> texts(Dictionary dictionary) {
        return IntStream.range(1, dictionary.size()).mapToObj(dictionary::text).toList();
    }

    private static Slice slice(byte[] bytes) {
        return Slice.of(Path.of("example"), bytes);
    }

    @Test
    void theTableOfEncodingsIsThatOfTheCode() {
        List<List<String>> expected = new ArrayList<>();
        for (int id = 1; id <= 13; id++) {
            int wireId = id;
            String level =
                    encodings().stream()
                            .filter(encoding -> encoding.wireId() == wireId)
                            .map(encoding -> encoding.level().name())
                            .findFirst()
                            .orElse(RETIRED.contains(id) ? "" : "reference");
            String name = RETIRED.contains(id) ? "retired" : BlockCodec.nameOf(id);
            expected.add(List.of(Integer.toString(id), name, level));
        }
        assertEquals(expected, SPEC.rows("Blocks").stream().map(row -> row.subList(0, 3)).toList());
        assertEquals(
                Encoding.class.getPermittedSubclasses().length,
                encodings().size(),
                "an encoding is missing here");
        for (int id = 0; id < 256; id++) {
            boolean isKnown = id > 0 && id <= 13 && !RETIRED.contains(id);
            assertEquals(isKnown, !BlockCodec.nameOf(id).equals("encoding " + id), "id " + id);
        }
    }

    @TestFactory
    List<DynamicTest> examplesAreReadAndWritten() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Form form : forms()) {
            assertFalse(SPEC.examples(form.heading).isEmpty(), form.heading + " has no example");
            for (Example example : SPEC.examples(form.heading)) {
                String name = form.heading + ": " + example.heads().getFirst();
                tests.add(DynamicTest.dynamicTest(name, () -> check(form, example)));
            }
        }
        return tests;
    }

    private static void check(Form form, Example example) {
        byte[] bytes = example.bytes();
        SPEC.checkFields(form.heading, example.fields());
        assertEquals(example.values(""), form.reader.read(slice(bytes), example));
        ByteSink sink = new ByteSink(64);
        form.writer.write(example, sink);
        assertArrayEquals(bytes, sink.toByteArray());
    }

    @TestFactory
    List<DynamicTest> reservedBytesAndOtherLengthsAreRefused() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Form form : forms()) {
            Example example = SPEC.examples(form.heading).getFirst();
            tests.add(DynamicTest.dynamicTest(form.heading, () -> checkStrict(form, example)));
        }
        return tests;
    }

    private static void checkStrict(Form form, Example example) {
        byte[] bytes = example.bytes();
        for (Field field : example.fields()) {
            boolean isReserved = field.name().equals("zero") || field.name().equals("padding");
            for (int i = 0; isReserved && i < field.bytes().length; i++) {
                byte[] changed = bytes.clone();
                changed[field.offset() + i] = 1;
                refused(form, example, changed, "byte " + (field.offset() + i));
            }
        }
        if (!form.heading.equals("Nested block")) {
            refused(form, example, Arrays.copyOf(bytes, bytes.length + 8), "8 more bytes");
        }
        refused(form, example, Arrays.copyOf(bytes, bytes.length - 1), "a byte less");
    }

    private static void refused(Form form, Example example, byte[] bytes, String what) {
        assertThrows(
                CorruptSegmentException.class, () -> form.reader.read(slice(bytes), example), what);
    }

    @Test
    void bitsArePackedAsTheExampleShows() {
        Example example = SPEC.examples("Bit packing").getFirst();
        long[] codes = example.numbers("width 5: ");
        ByteSink sink = new ByteSink(16);
        BitPacker.pack(codes, codes.length, 5, sink);
        assertArrayEquals(example.bytes(), sink.toByteArray());
        assertEquals(sink.size(), BitPacker.sizeBytes(codes.length, 5));
        long[] found = new long[codes.length];
        BitPacker.unpack(slice(example.bytes()), 0, 5, 0, codes.length, found);
        assertArrayEquals(codes, found);
    }

    @Test
    void onlyLowerLevelsAreNested() {
        for (Encoding encoding : encodings()) {
            Example example = SPEC.examples(heading(encoding.wireId())).getFirst();
            for (Level most : Level.values()) {
                Slice nested = nested(encoding.wireId(), example.bytes());
                int rows = example.numbers("").length;
                if (encoding.level().compareTo(most) <= 0) {
                    assertArrayEquals(
                            example.numbers(""),
                            Arrays.copyOf(NestedBlock.decode(nested, 0, rows, most), rows));
                } else {
                    refusedNested(nested, rows, most);
                }
            }
        }
        for (int reference = ChoiceEncoding.WIRE_ID; reference <= 9; reference++) {
            Example example = SPEC.examples(heading(reference)).getFirst();
            refusedNested(nested(reference, example.bytes()), 3, Level.RUNS);
        }
    }

    private static Slice nested(int wireId, byte[] block) {
        ByteSink sink = new ByteSink(64);
        sink.putInt(wireId);
        sink.putInt(block.length);
        sink.putBytes(block, 0, block.length);
        return slice(sink.toByteArray());
    }

    private static void refusedNested(Slice nested, int rows, Level most) {
        CorruptSegmentException failure =
                assertThrows(
                        CorruptSegmentException.class,
                        () -> NestedBlock.decode(nested, 0, rows, most));
        assertTrue(failure.expected().startsWith("a known encoding"), failure.getMessage());
    }
}
