// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import weir.engine.segment.SegmentReader;
import weir.engine.vector.VectorBatch;

/// Rows that flow through stages without waiting for one another: from segments, which any number
/// of threads share, or from one source.
final class RowStream {
    private final QueryContext context;
    private final @Nullable SegmentScanPlan scan;
    private final @Nullable BatchSource source;
    private final List<Supplier<Stage>> stages;

    private RowStream(
            QueryContext context,
            @Nullable SegmentScanPlan scan,
            @Nullable BatchSource source,
            List<Supplier<Stage>> stages) {
        this.context = context;
        this.scan = scan;
        this.source = source;
        this.stages = List.copyOf(stages);
    }

    static RowStream of(SegmentScanPlan scan, QueryContext context) {
        return new RowStream(context, scan, null, List.of());
    }

    static RowStream of(BatchSource source, QueryContext context) {
        return new RowStream(context, null, source, List.of());
    }

    /// The same rows through one more stage; each thread gets its own.
    RowStream then(Supplier<Stage> stage) {
        List<Supplier<Stage>> more = new ArrayList<>(stages);
        more.add(stage);
        return new RowStream(context, scan, source, more);
    }

    QueryContext context() {
        return context;
    }

    /// How many parts there are that threads can take one by one.
    int partCount() {
        return scan == null ? 1 : scan.segments().size();
    }

    /// How many threads it is worth to start.
    int threadCount() {
        return Math.clamp(partCount(), 1, context.threadCount());
    }

    /// Stops whatever still works for the rows.
    void close() {
        if (source != null) {
            source.close();
        }
    }

    /// What one thread needs to read parts.
    Worker worker() {
        return new Worker();
    }

    /// Reads parts for one thread, with stages of its own.
    final class Worker {
        private final List<Stage> own = stages.stream().map(Supplier::get).toList();
        private final List<Stage> conditions =
                scan == null
                        ? List.of()
                        : scan.rowConditions().stream().map(Stage::filter).toList();

        /// The rows of part `part`.
        BatchSource open(int part) {
            BatchSource rows = rows(part);
            return () -> {
                while (true) {
                    context.check();
                    VectorBatch batch = rows.next();
                    if (batch == null) {
                        return null;
                    }
                    VectorBatch result = Stage.applyAll(own, batch);
                    if (result != null) {
                        return result;
                    }
                }
            };
        }

        private BatchSource rows(int part) {
            if (scan == null) {
                return java.util.Objects.requireNonNull(source);
            }
            SegmentReader segment = scan.segments().get(part);
            return scan.open(segment, conditions);
        }
    }
}
