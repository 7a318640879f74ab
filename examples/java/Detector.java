// SPDX-License-Identifier: Apache-2.0

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import weir.FlowStore;
import weir.ingest.IngestOptions;
import weir.ingest.ProgressListener;

/// A detector of one's own over Arrow batches: sources that tried many ports. The sources come as
/// numbers of a dictionary, so that the loop handles no text. Arguments: a folder for the store,
/// and a folder of logs.
public final class Detector {
    private static final int PORTS_MIN = 15;

    public static void main(String[] args) throws Exception {
        try (FlowStore store = FlowStore.open(Path.of(args[0]));
                BufferAllocator allocator = new RootAllocator()) {
            store.ingest(List.of(args[1]), IngestOptions.defaults(), ProgressListener.NONE);
            TreeMap<Integer, BitSet> portsOfSource = new TreeMap<>();
            String sql =
                    "SELECT srcaddr, dstport FROM vpc_flow_logs"
                            + " WHERE action = 'REJECT' AND protocol = 6 AND dstport < 32768";
            try (ArrowReader reader = store.query(sql).arrow(allocator)) {
                long rows = 0;
                while (reader.loadNextBatch()) {
                    VectorSchemaRoot batch = reader.getVectorSchemaRoot();
                    IntVector sources = (IntVector) batch.getVector("srcaddr");
                    IntVector ports = (IntVector) batch.getVector("dstport");
                    for (int row = 0; row < batch.getRowCount(); row++) {
                        portsOfSource
                                .computeIfAbsent(sources.get(row), source -> new BitSet())
                                .set(ports.get(row));
                    }
                    rows += batch.getRowCount();
                }
                System.out.printf("%,d refused packets looked at%n", rows);
                VarCharVector names = (VarCharVector) reader.lookup(0).getVector();
                portsOfSource.forEach((source, ports) -> {
                    if (ports.cardinality() >= PORTS_MIN) {
                        System.out.printf(
                                "%s tried %d ports, %d to %d%n",
                                names.getObject(source),
                                ports.cardinality(),
                                ports.nextSetBit(0),
                                ports.length() - 1);
                    }
                });
            }
        }
    }
}
