// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import weir.bench.kernel.SampleLog;
import weir.ingest.source.LineBlocks;

/// A log whose delimiters were found, in runs of as many lines as a block has: what the parser
/// reads columns of. Its runs are for one thread.
final class TokenisedLog {
    final byte[] bytes;

    /// The lines, run by run.
    final List<TokenRun> runs = new ArrayList<>();

    /// How many lines the longest run has.
    final int rowsMax;

    /// A log of whole lines of single spaces, as the generator writes them.
    TokenisedLog(SampleLog log) {
        this(log.bytes(), log.sizeBytes(), log.fieldCount());
    }

    TokenisedLog(byte[] bytes, int sizeBytes, int fields) {
        this.bytes = bytes;
        DelimiterScanner scanner = new DelimiterScanner();
        int most = 0;
        for (int from = 0; from < sizeBytes; ) {
            int to = Math.min(sizeBytes, from + LineBlocks.BLOCK_BYTES);
            while (bytes[to - 1] != '\n') {
                to--;
            }
            scanner.scanRegular(bytes, from, to);
            int[] positions = Arrays.copyOf(scanner.positions(), scanner.count() + 1);
            TokenRun run = new TokenRun();
            run.set(positions, 0, fields, scanner.count() / fields, 0);
            runs.add(run);
            most = Math.max(most, run.rows);
            from = to;
        }
        this.rowsMax = most;
    }

    /// Bytes of the tokens of a field, each with the delimiter behind it.
    long fieldBytes(int field) {
        long sum = 0;
        for (TokenRun run : runs) {
            for (int row = 0; row < run.rows; row++) {
                sum += run.tokenEnd(row, field) + 1 - run.tokenStart(row, field);
            }
        }
        return sum;
    }
}
