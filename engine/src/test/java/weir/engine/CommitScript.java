// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
/// the store, commits a few times to several tables, compacts it and drops a segment, with a new
/// writer every other time. Which step comes next it reads from the store, as collecting logs does.
final class CommitScript {
    /// How many steps there are. Each takes place as a whole: what compacting commits one by one
    /// makes no difference to the rows.
    static final int STEPS = 7;

    private static final int COMPACT = 4;
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

    /// Whether that step is more than one commit, so that it may fail behind its last one.
    boolean isMaintaining() {
        return isInFlight && !isCommit(acknowledged + 1);
    }

    /// Does what is not done yet. `atStart` is told when a writer has started, before it writes.
    void run(Consumer<Store> atStart) {
        run(STEPS, atStart);
    }

    /// The same up to a step.
    void run(int lastStep, Consumer<Store> atStart) {
        try (Store store = Store.openOrCreate(directory, files)) {
            do {
                int done = commitSome(store, lastStep, atStart);
                if (done < lastStep && !isCommit(done + 1)) {
                    isInFlight = true;
                    maintain(store, ++done);
                    acknowledged = done;
                    isInFlight = false;
                }
            } while (acknowledged < lastStep);
            store.writer().close();
        }
    }

    private static boolean isCommit(int step) {
        return step != COMPACT && step != DROP;
    }

    private int commitSome(Store store, int lastStep, Consumer<Store> atStart) {
        try (StoreWriter writer = store.writer()) {
            int done = stepsDone(store);
            acknowledged = Math.max(acknowledged, done);
            isInFlight = false;
            atStart.accept(store);
            for (int i = 0; i < WRITER_STEPS && done < lastStep && isCommit(done + 1); i++) {
                isInFlight = true;
                done++;
                commit(writer, done < COMPACT ? done : done < DROP ? 4 : 5);
                acknowledged = done;
                isInFlight = false;
            }
            writer.write("flows", flows(99, 0)); // never committed: left to the next
            return done;
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
            int segments = flows.segments().size() + ledger.segments().size();
            return switch (commits) {
                case 3 -> segments == 2 ? COMPACT : 3;
                case 4 -> segments == 3 ? DROP : 5;
                case 5 -> STEPS;
                default -> commits;
            };
        }
    }

    private static void maintain(Store store, int step) {
        if (step == COMPACT) {
            RewriteOptions options = new RewriteOptions(Map.of(), 4000, 64 << 20, 1);
            Compaction.run(store, options, Compaction.Listener.NONE);
        } else {
            long sizeBytes = 0;
            try (Snapshot snapshot = store.snapshot()) {
                for (TableSnapshot table : snapshot.tables().values()) {
                    for (SegmentReader segment : table.segments()) {
                        sizeBytes += segment.sizeBytes();
                    }
                }
            }
            Retention.keepBytes(store, List.of("flows"), sizeBytes - 1, false);
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
        ledger.numbers(NUMBER).set(0, number);
        ledger.numbers(NUMBER).filledTo(1);
        ledger.addRows(1);
        segments.add(writer.write("system.ledger", ledger));
        writer.commit(schemas, segments);
    }

    private static SegmentBuilder flows(int commit, int part) {
        Random random = new Random(100L * commit + part);
        int rows = 20 + random.nextInt(200);
        SegmentBuilder builder = new SegmentBuilder("number");
        long[] numbers = new long[rows];
        int[] owners = builder.codes(OWNER).withRoomFor(rows);
        for (int i = 0; i < rows; i++) {
            numbers[i] = random.nextLong(1L << 50);
            byte[] owner = ("owner-" + random.nextInt(60)).getBytes(StandardCharsets.UTF_8);
            owners[i] = builder.texts(OWNER).idOf(owner, 0, owner.length);
        }
        builder.numbers(NUMBER).put(0, numbers, numbers.length);
        builder.numbers(NUMBER).filledTo(rows);
        builder.codes(OWNER).filledTo(rows);
        builder.addRows(rows);
        return builder;
    }
}
