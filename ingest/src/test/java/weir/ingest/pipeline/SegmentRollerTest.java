// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.Store;
import weir.engine.StoreWriter;
import weir.engine.StoreWriter.WrittenSegment;
import weir.engine.fault.StoreException;
import weir.engine.segment.RowMemory;
import weir.ingest.parse.BlockParser;
import weir.ingest.parse.RejectedLines;
import weir.ingest.record.FlowFormat;
import weir.ingest.record.RecordTable;

class SegmentRollerTest {
    @TempDir Path directory;

    private Path segments() {
        return directory.resolve("store/segments");
    }

    /// Fills the current segment with a row.
    private static void fill(SegmentRoller roller) {
        FlowFormat format = FlowFormat.parse("srcaddr bytes");
        BlockParser parser = new BlockParser(format, new RejectedLines(1), roller.rows());
        String line = "10.0.0.1 7\n";
        byte[] bytes =
                (line + "\0".repeat(BlockParser.SLACK_BYTES)).getBytes(StandardCharsets.UTF_8);
        assertEquals(line.length(), parser.parse(bytes, 0, line.length(), 0));
    }

    private interface Use {
        void of(SegmentRoller roller) throws IOException;
    }

    private void use(Executor behind, Use use) throws IOException {
        try (Store store = Store.openOrCreate(directory.resolve("store"));
                StoreWriter writer = store.writer()) {
            RunOptions options = RunOptions.of(FlowFormat.DEFAULT, 1);
            use.of(new SegmentRoller(writer, RecordTable.VPC, options, 1, new RowMemory(), behind));
        }
    }

    @Test
    void everySegmentIsThereAtTheEnd() throws IOException {
        try (ExecutorService behind = Executors.newCachedThreadPool()) {
            use(
                    behind,
                    roller -> {
                        for (int i = 0; i < 5; i++) {
                            fill(roller);
                            roller.roll();
                        }
                        roller.roll(); // of no rows there is no segment
                        fill(roller);
                        List<WrittenSegment> written = roller.finish();
                        assertEquals(6, written.size());
                        assertEquals(6, written.stream().mapToInt(WrittenSegment::rowCount).sum());
                    });
        }
    }

    /// What is to be done behind is done at once here, so that the failure has its place.
    @Test
    void aSegmentThatCannotBeWrittenFailsTheUnitAndLeavesNothing() throws IOException {
        use(
                Runnable::run,
                roller -> {
                    Path aside = directory.resolve("aside");
                    fill(roller);
                    roller.roll();
                    fill(roller);
                    assertThrows(
                            StoreException.class,
                            () -> {
                                Files.move(segments(), aside);
                                for (int i = 0; i < 2; i++) {
                                    roller.roll();
                                    fill(roller);
                                }
                            });
                    Files.move(aside, segments());
                    roller.discard();
                    try (Stream<Path> files = Files.list(segments())) {
                        assertEquals(List.of(), files.toList());
                    }
                });
    }
}
