// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes records as the files AWS delivers, one for each five minutes. Stateless.
final class ExampleFiles {
    private ExampleFiles() {}

    /// Writes the records of one flow log.
    ///
    /// @param number tells the names of flow logs' files apart
    static GenerationResult write(
            Path folder, Delivery delivery, LineBuffer buffer, String header, int number)
            throws IOException {
        long writtenBytes = 0;
        long textBytes = 0;
        Map<Long, List<Integer>> periods = byPeriod(buffer);
        for (Map.Entry<Long, List<Integer>> period : periods.entrySet()) {
            byte[] text = text(BucketFiles.headerLine(header), buffer, period.getValue());
            int hash = (int) SeededRandom.of(31, number, period.getKey(), 0).next();
            Path path =
                    BucketFiles.path(
                            delivery.by(),
                            delivery.layout(),
                            period.getKey(),
                            hash,
                            delivery.gzip());
            writtenBytes += BucketFiles.write(folder.resolve(path), text, delivery.gzip());
            textBytes += text.length;
        }
        return new GenerationResult(buffer.count(), periods.size(), textBytes, writtenBytes);
    }

    /// How a flow log is delivered.
    record Delivery(Subscription by, BucketLayout layout, boolean gzip) {}

    /// Both together.
    static GenerationResult sum(GenerationResult a, GenerationResult b) {
        return new GenerationResult(
                a.records() + b.records(),
                a.files() + b.files(),
                a.textBytes() + b.textBytes(),
                a.writtenBytes() + b.writtenBytes());
    }

    private static Map<Long, List<Integer>> byPeriod(LineBuffer buffer) {
        Map<Long, List<Integer>> periods = new TreeMap<>();
        for (int line = 0; line < buffer.count(); line++) {
            long end = buffer.endTime(line);
            periods.computeIfAbsent(end - end % BucketFiles.PERIOD_SECONDS, p -> new ArrayList<>())
                    .add(line);
        }
        return periods;
    }

    /// The lines of a file in mixed order, as delivered.
    private static byte[] text(byte[] header, LineBuffer buffer, List<Integer> lines) {
        SeededRandom mixing = new SeededRandom(lines.getFirst());
        for (int i = lines.size() - 1; i > 0; i--) {
            int other = mixing.below(i + 1);
            int line = lines.get(i);
            lines.set(i, lines.get(other));
            lines.set(other, line);
        }
        int size = header.length;
        for (int line : lines) {
            size += buffer.lineEnd(line) - buffer.lineStart(line);
        }
        byte[] text = new byte[size];
        System.arraycopy(header, 0, text, 0, header.length);
        int at = header.length;
        for (int line : lines) {
            int length = buffer.lineEnd(line) - buffer.lineStart(line);
            System.arraycopy(buffer.text(), buffer.lineStart(line), text, at, length);
            at += length;
        }
        return text;
    }
}
