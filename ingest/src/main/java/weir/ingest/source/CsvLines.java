// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.io.IOException;
import java.io.InputStream;
import weir.ingest.stream.MadeText;

/// The lines of a CSV text (RFC 4180) with spaces in the place of its commas, and `-` in the place
/// of empty fields. A quoted field may hold commas, never a space or an end of line: such a line
/// has too many fields then, or too few, and is rejected for it.
final class CsvLines extends MadeText {
    private final InputStream csv;
    private final byte[] in = new byte[1 << 14];
    private final byte[] out = new byte[1 << 15];
    private int outEnd;
    private boolean isQuoted;
    private boolean isFieldEmpty = true;
    private boolean isLineEmpty = true;
    private boolean isEnded;

    CsvLines(InputStream csv) {
        this.csv = csv;
    }

    @Override
    protected boolean next() throws IOException {
        if (isEnded) {
            return false;
        }
        translate();
        give(out, outEnd);
        return true;
    }

    private void translate() throws IOException {
        outEnd = 0;
        int count = csv.read(in, 0, in.length);
        if (count < 0) {
            isEnded = true;
            if (!isLineEmpty) {
                endField();
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            take(in[i]);
        }
    }

    private void take(byte next) {
        switch (next) {
            case '"' -> {
                isQuoted = !isQuoted;
                isLineEmpty = false;
            }
            case '\n' -> {
                if (!isLineEmpty) {
                    endField();
                }
                out[outEnd++] = '\n';
                isQuoted = false;
                isFieldEmpty = true;
                isLineEmpty = true;
            }
            case '\r' -> {}
            case ',' -> {
                if (isQuoted) {
                    put(next);
                } else {
                    endField();
                    out[outEnd++] = ' ';
                    isFieldEmpty = true;
                    isLineEmpty = false;
                }
            }
            default -> put(next);
        }
    }

    private void put(byte next) {
        out[outEnd++] = next;
        isFieldEmpty = false;
        isLineEmpty = false;
    }

    private void endField() {
        if (isFieldEmpty) {
            out[outEnd++] = '-';
        }
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
