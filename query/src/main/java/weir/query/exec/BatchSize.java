// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.value.ValueSize;

/// About how much of the heap batches take that wait for somebody.
final class BatchSize {
    private static final int CODE_BYTES = 4;
    private static final int NUMBER_BYTES = 9;
    private static final int REFERENCE_BYTES = 16;

    private BatchSize() {}

    /// Bytes of the rows of `batch`, without dictionaries.
    static long ofRows(VectorBatch batch) {
        long total = 0;
        for (Vector column : batch.columns()) {
            total +=
                    switch (column) {
                        case Vector.Codes _ -> (long) CODE_BYTES * batch.rowCount();
                        case Vector.Objects objects -> of(objects.values(), batch.rowCount());
                        default -> (long) NUMBER_BYTES * batch.rowCount();
                    };
        }
        return total;
    }

    /// A value that the row before has too, as rows of a join often do, is there once.
    @SuppressWarnings("ReferenceEquality") // an equal value elsewhere takes its own bytes
    private static long of(@Nullable Object[] values, int rowCount) {
        long total = (long) REFERENCE_BYTES * rowCount;
        Object before = null;
        for (int row = 0; row < Math.min(rowCount, values.length); row++) {
            Object value = values[row];
            if (value != before) {
                total += ValueSize.bytes(value);
            }
            before = value;
        }
        return total;
    }

    /// Bytes of the dictionaries on the heap that `batches` name, each once.
    static long ofDictionaries(List<VectorBatch> batches) {
        Set<KeptTexts> known = Collections.newSetFromMap(new IdentityHashMap<>());
        for (VectorBatch batch : batches) {
            for (Vector column : batch.columns()) {
                if (column instanceof Vector.Codes codes
                        && codes.dictionary() instanceof KeptTexts texts) {
                    known.add(texts);
                }
            }
        }
        return known.stream().mapToLong(KeptTexts::sizeBytes).sum();
    }
}
