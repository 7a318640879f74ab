// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import weir.engine.StoreWriter.WrittenSegment;
import weir.engine.memory.FileLayer;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.schema.Schema;
import weir.engine.segment.SegmentBuilder;
import weir.engine.segment.SegmentReader;

/// A fixed piece of work on a store that can be broken off anywhere and taken up again: it makes
/// the store, commits a few times to several tables, merges segments and takes one away, with a new
/// writer every other time. Which step comes next it reads from the store, as collecting logs does.
final class CommitScript {
    /// How many steps there are, each one commit.
    static final int STEPS = 7;

    private static final int MERGE = 4;
    private static final int DROP = 6;
    private static final int WRITER_STEPS = 2;
    private static final Column NUMBER = Column.number("number", ColumnType.INT64);
    private static final Column OWNER = Column.text("owner").absentAs("-");
    private static final Column TAG = Column.text("tag").absentAs("-");
    private static final Schema FLOWS = Schema.of(List.of(NUMBER, OWNER), "number");
    private static final Schema TAGGED_FLOWS = Schema.of(List.of(NUMBER, OWNER, TAG), "number");
    private static final Schema LEDGER = Schema.of(List.of(NUMBER));

    private final Path directory;
    private final FileLayer files;
    private int acknowledged = -1;
    private boolean isInFlight;

    /// The work on the store in `directory`, through `files`.
    CommitScript(Path directory, FileLayer files) {
        this.directory = directory;
        this.files = files;
    }

    /// The same work from where it was broken off, with other files.
    CommitScript again(Path elsewhere, FileLayer otherFiles) {
        CommitScript script = new CommitScript(elsewhere, otherFiles);
        script.acknowledged = acknowledged;
        script.isInFlight = isInFlight;
        return script;
    }

    /// How many steps whoever does the work may rely on; -1 before there surely is a store.
    int acknowledged() {
        return acknowledged;
    }

    /// Whether another step had begun of which nobody knows yet what became of it.
    boolean isInFlight() {
        return isInFlight;
    }

    /// Does what is not done yet. `atStart` is told when a writer has started, before it writes.
    void run(Consumer<Store> atStart) {
        run(STEPS, atStart);
    }

    /// The same up to a step.
    void run(int lastStep, Consumer<Store> atStart) {
        try (Store store = Store.openOrCreate(directory, files)) {
            do {
                try (StoreWriter writer = store.writer()) {
                    int done = stepsDone(store);
                    acknowledged = Math.max(acknowledged, done);
                    isInFlight = false;
                    atStart.accept(store);
                    for (int i = 0; i < WRITER_STEPS && done < lastStep; i++) {
                        isInFlight = true;
                        step(store, writer, ++done);
                        acknowledged = done;
                        isInFlight = false;
                    }
                    writer.write("flows", flows(99, 0)); // never committed: left to the next
                }
            } while (acknowledged < lastStep);
            store.writer().close();
        }
    }

    private static int stepsDone(Store store) {
        try (Snapshot snapshot = store.snapshot()) {
            TableSnapshot ledger = snapshot.table("system.ledger");
            TableSnapshot flows = snapshot.table("flows");
            if (ledger == null || flows == null) {
                return 0;
            }
            int commits = (int) ledger.rowCount();
            int segments = flows.segments().size();
            return switch (commits) {
                case 3 -> segments == 5 ? 3 : MERGE;
                case 4 -> segments == 4 ? 5 : DROP;
                case 5 -> STEPS;
                default -> commits;
            };
        }
    }

    private static void step(Store store, StoreWriter writer, int number) {
        switch (number) {
            case MERGE -> {
                WrittenSegment merged = writer.write("flows", flows(List.of(100, 101, 200)));
                writer.replace("flows", firstSegments(store, 3), List.of(merged));
            }
            case DROP -> writer.replace("flows", firstSegments(store, 1), List.of());
            default -> commit(writer, number < MERGE ? number : number < DROP ? 4 : 5);
        }
    }

    private static List<Long> firstSegments(Store store, int count) {
        try (Snapshot snapshot = store.snapshot()) {
            return Objects.requireNonNull(snapshot.table("flows")).segments().stream()
                    .limit(count)
                    .map(SegmentReader::segmentId)
                    .toList();
        }
    }

    private static void commit(StoreWriter writer, int number) {
        List<WrittenSegment> segments = new ArrayList<>();
        for (int part = 0; part <= number % 2; part++) {
            segments.add(writer.write("flows", flows(number, part)));
        }
        writer.discard(List.of(writer.write("flows", flows(number, 98))));
        Map<String, Schema> schemas = new LinkedHashMap<>();
        schemas.put("flows", number > 2 ? TAGGED_FLOWS : FLOWS);
        schemas.put("system.ledger", LEDGER);
        if (number == 3) {
            schemas.put("rejects", FLOWS);
            segments.add(writer.write("rejects", flows(number, 97)));
        }
        SegmentBuilder ledger = new SegmentBuilder(null);
        ledger.numbers(NUMBER).withRoomFor(1)[0] = number;
        ledger.numbers(NUMBER).filledTo(1);
        ledger.addRows(1);
        segments.add(writer.write("system.ledger", ledger));
        writer.commit(schemas, segments);
    }

    private static SegmentBuilder flows(int commit, int part) {
        return flows(List.of(100 * commit + part));
    }

    /// The rows of these seeds, one after the other.
    private static SegmentBuilder flows(List<Integer> seeds) {
        SegmentBuilder builder = new SegmentBuilder("number");
        for (int seed : seeds) {
            Random random = new Random(seed);
            int rows = 20 + random.nextInt(200);
            int first = builder.rowCount();
            long[] numbers = builder.numbers(NUMBER).withRoomFor(first + rows);
            int[] owners = builder.codes(OWNER).withRoomFor(first + rows);
            for (int i = first; i < first + rows; i++) {
                numbers[i] = random.nextLong(1L << 50);
                byte[] owner = ("owner-" + random.nextInt(60)).getBytes(StandardCharsets.UTF_8);
                owners[i] = builder.texts(OWNER).idOf(owner, 0, owner.length);
            }
            builder.numbers(NUMBER).filledTo(first + rows);
            builder.codes(OWNER).filledTo(first + rows);
            builder.addRows(rows);
        }
        return builder;
    }
}
