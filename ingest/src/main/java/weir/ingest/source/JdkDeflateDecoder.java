// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The decoder of the JDK.
final class JdkDeflateDecoder implements DeflateDecoder {
    private final Inflater inflater = new Inflater(true);

    @Override
    public void reset() {
        inflater.reset();
    }

    @Override
    public void setInput(byte[] packed, int from, int size) {
        inflater.setInput(packed, from, size);
    }

    @Override
    public boolean needsInput() {
        return inflater.needsInput();
    }

    @Override
    public int decode(byte[] to, int from, int size) throws DataFormatException {
        int count = inflater.inflate(to, from, size);
        if (count == 0 && inflater.needsDictionary()) {
            throw new DataFormatException("needs a preset dictionary");
        }
        return count;
    }

    @Override
    public boolean isFinished() {
        return inflater.finished();
    }

    @Override
    public int remaining() {
        return inflater.getRemaining();
    }

    @Override
    public void close() {
        inflater.end();
    }
}
