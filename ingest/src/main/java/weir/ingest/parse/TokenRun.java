// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import java.util.Arrays;

/// Lines one behind the other that all have as many tokens as the format has fields, each behind a
/// single space. Mutable and reused; confined to one thread.
final class TokenRun {
    /// Where the delimiters are: token `field` of `row` lies between the entries at `base + row *
    /// stride + field` and behind that.
    int[] positions = new int[0];

    /// Index in `positions` of the delimiter before the first token.
    int base;

    /// Tokens of a line.
    int stride;

    /// How many lines.
    int rows;

    /// Bytes between the last token of each line and its newline: 1 when lines end with CR LF.
    int lastTrim;

    /// 1 for each row that failed a check.
    byte[] bad = new byte[1024];

    void set(int[] positions, int base, int stride, int rows, int lastTrim) {
        this.positions = positions;
        this.base = base;
        this.stride = stride;
        this.rows = rows;
        this.lastTrim = lastTrim;
        if (bad.length < rows) {
            bad = new byte[Math.max(rows, 2 * bad.length)];
        } else {
            Arrays.fill(bad, 0, rows, (byte) 0);
        }
    }

    /// Makes this the rows `[from, to)` of `whole`, which have no bad row.
    void setPart(TokenRun whole, int from, int to) {
        set(
                whole.positions,
                whole.base + from * whole.stride,
                whole.stride,
                to - from,
                whole.lastTrim);
    }

    int trim(int field) {
        return field == stride - 1 ? lastTrim : 0;
    }

    int tokenStart(int row, int field) {
        return positions[base + row * stride + field] + 1;
    }

    int tokenEnd(int row, int field) {
        return positions[base + row * stride + field + 1] - trim(field);
    }

    int lineStart(int row) {
        return positions[base + row * stride] + 1;
    }

    /// Where the newline of `row` is.
    int lineEnd(int row) {
        return positions[base + (row + 1) * stride];
    }
}
