// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weir.bench.kernel.DoneBytes;
import weir.bench.kernel.SampleLog;

/// Each benchmark of the parser's stages, run once, against its answer the obvious way.
class ParseBenchmarksTest {
    private final DoneBytes done = new DoneBytes();

    @ParameterizedTest
    @ValueSource(strings = {"v2", "v5"})
    void everyDelimiterIsFound(String format) {
        TokeniseBenchmark benchmark = new TokeniseBenchmark();
        benchmark.format = format;
        benchmark.open();
        int fields = SampleLog.of(format, 1).fieldCount();
        assertEquals(fields * TokeniseBenchmark.RECORDS, benchmark.regular(done));
        assertEquals(fields * TokeniseBenchmark.RECORDS, benchmark.exact(done));
        assertEquals(2L * benchmark.log.sizeBytes(), done.bytes);
    }

    /// The record that ends each run of a log.
    private static int[] lastRecords(TokenisedLog log) {
        int[] last = new int[log.runs.size()];
        int records = 0;
        for (int i = 0; i < last.length; i++) {
            records += log.runs.get(i).rows;
            last[i] = records - 1;
        }
        return last;
    }

    @ParameterizedTest
    @ValueSource(strings = {"srcport", "bytes", "start"})
    void numbersAreThoseOfTheText(String field) {
        DigitsBenchmark benchmark = new DigitsBenchmark();
        benchmark.field = field;
        benchmark.open();
        SampleLog text = SampleLog.of(field, DigitsBenchmark.RECORDS);
        String[] tokens = text.tokens(field);
        boolean isAllThere = true;
        long mixed = 0;
        for (int record : lastRecords(new TokenisedLog(text))) {
            isAllThere &= !tokens[record].equals("-");
            mixed ^= isAllThere ? Long.parseLong(tokens[record]) : 0;
        }
        if (isAllThere) {
            assertEquals(mixed, benchmark.wide(done));
            assertEquals((int) mixed, benchmark.narrow(done));
        }
        done.bytes = 0;
        benchmark.wide(done);
        assertEquals(
                Arrays.stream(tokens).mapToLong(String::length).sum() + tokens.length, done.bytes);
    }

    /// Ids in order of arrival of the last token of each run.
    private static int sumOfIds(SampleLog text, String field) {
        String[] tokens = text.tokens(field);
        Map<String, Integer> ids = new HashMap<>(Map.of("-", 0));
        int[] idOf =
                Arrays.stream(tokens)
                        .mapToInt(t -> ids.computeIfAbsent(t, _ -> ids.size()))
                        .toArray();
        return Arrays.stream(lastRecords(new TokenisedLog(text))).map(record -> idOf[record]).sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"interface-id", "action", "srcaddr"})
    void tokensHaveTheIdsOfAMap(String field) {
        DictionaryBenchmark benchmark = new DictionaryBenchmark();
        benchmark.values = field;
        benchmark.open();
        SampleLog text = SampleLog.of(field, DictionaryBenchmark.RECORDS);
        assertEquals(sumOfIds(text, field), benchmark.enter(done));
        assertEquals(sumOfIds(text, field), benchmark.lookUp(done));
    }

    @Test
    void uniqueAddressesAreAllDifferent() {
        DictionaryBenchmark benchmark = new DictionaryBenchmark();
        benchmark.values = "unique";
        benchmark.open();
        int sum = benchmark.enter(done);
        assertEquals(sum, benchmark.lookUp(done));
        assertEquals(DictionaryBenchmark.RECORDS, Arrays.stream(benchmark.ids).max().orElse(0));
    }

    @Test
    void followersAreReadAsOnTheirOwn() {
        FollowerBenchmark benchmark = new FollowerBenchmark();
        benchmark.open();
        SampleLog text = SampleLog.of(FollowerBenchmark.FIELDS, FollowerBenchmark.RECORDS);
        assertEquals(sumOfIds(text, "subnet-id"), benchmark.guided(done));
        assertEquals(sumOfIds(text, "subnet-id"), benchmark.guided(done), "again");
        int twins = benchmark.twin(done);
        assertEquals(twins, benchmark.twin(done), "again");
        TokenTable addresses = DictionaryBenchmark.addresses();
        int[] ids = new int[benchmark.log.rowsMax];
        for (TokenRun run : benchmark.log.runs) {
            addresses.read(text.bytes(), run, text.field("srcaddr"), ids, 0);
        }
        int sum = 0;
        for (TokenRun run : benchmark.log.runs) {
            addresses.read(text.bytes(), run, text.field("pkt-srcaddr"), ids, 0);
            sum += ids[run.rows - 1];
        }
        assertEquals(sum, twins);
    }
}
