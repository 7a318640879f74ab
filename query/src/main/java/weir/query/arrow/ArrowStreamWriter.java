// SPDX-License-Identifier: Apache-2.0
package weir.query.arrow;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.List;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.VectorBatch;
import weir.query.plan.LogicalPlan;

/// Writes rows as an Arrow IPC stream.
public final class ArrowStreamWriter {
    private ArrowStreamWriter() {}

    /// Writes all that `batches` gives, until it gives null; `output` stays open.
    ///
    /// @throws IllegalStateException when the JVM runs without the flag that Arrow needs
    /// @throws IOException when `output` fails
    public static void write(
            List<LogicalPlan.Field> fields,
            Supplier<@Nullable VectorBatch> batches,
            OutputStream output)
            throws IOException {
        checkFlag();
        try (BufferAllocator allocator = new RootAllocator();
                ArrowBatches rows = new ArrowBatches(fields, allocator);
                org.apache.arrow.vector.ipc.ArrowStreamWriter writer =
                        new org.apache.arrow.vector.ipc.ArrowStreamWriter(
                                rows.root(), null, Channels.newChannel(keptOpen(output)))) {
            writer.start();
            VectorBatch batch = batches.get();
            while (batch != null) {
                rows.fill(batch);
                writer.writeBatch();
                batch = batches.get();
            }
            writer.end();
        }
    }

    /// Arrow reads the address field of a ByteBuffer; without the flag its first write fails with
    /// nothing that helps.
    static void checkFlag() {
        List<String> missing = missingOptions();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("Arrow needs the JVM flag " + missing.getFirst());
        }
    }

    /// The options of the JVM without which Arrow writes nothing, if they are missing.
    public static List<String> missingOptions() {
        Module arrow = VectorSchemaRoot.class.getModule();
        String name = arrow.isNamed() ? arrow.getName() : "ALL-UNNAMED";
        return ByteBuffer.class.getModule().isOpen("java.nio", arrow)
                ? List.of()
                : List.of("--add-opens=java.base/java.nio=" + name);
    }

    private static OutputStream keptOpen(OutputStream output) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                output.write(value);
            }

            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                output.write(bytes, from, count);
            }

            @Override
            public void flush() throws IOException {
                output.flush();
            }

            @Override
            public void close() throws IOException {
                output.flush();
            }
        };
    }
}
