// SPDX-License-Identifier: Apache-2.0
package weir.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;

/// A stream whose failures tell themselves apart from all others: what happens when standard output
/// cannot take more is neither the query's fault nor the store's.
final class ResultStream extends OutputStream {
    private final OutputStream target;

    ResultStream(OutputStream target) {
        this.target = target;
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
        try {
            target.write(bytes, from, count);
        } catch (IOException e) {
            throw new ResultStreamException(e);
        }
    }

    @Override
    public void flush() {
        try {
            target.flush();
        } catch (IOException e) {
            throw new ResultStreamException(e);
        }
    }
}
