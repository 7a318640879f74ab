// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The lines of one file that are no records: all are counted, the first ones kept. Confined to one
/// thread.
public final class RejectedLines {
    /// Bytes of a line that are kept.
    public static final int TEXT_BYTES_MAX = 1_000;

    /// Kinds of reasons that are told apart.
    private static final int CATEGORIES_MAX = 1_000;

    private int keptMax;
    private final List<RejectedLine> kept = new ArrayList<>();
    private final Map<String, Long> countOfCategory = new HashMap<>();
    private long count;

    /// Keeps at most `keptMax` lines.
    public RejectedLines(int keptMax) {
        this.keptMax = keptMax;
    }

    void add(long line, long offsetBytes, LineParser parser, byte[] bytes, int from, int to) {
        count++;
        countCategory(parser.category());
        if (kept.size() < keptMax) {
            keep(line, offsetBytes, parser.reason(bytes), bytes, parser.textStart(from), to);
        }
    }

    void add(long line, long offsetBytes, String reason, byte[] bytes, int from, int to) {
        count++;
        countCategory(reason);
        if (kept.size() < keptMax) {
            keep(line, offsetBytes, reason, bytes, from, to);
        }
    }

    private void countCategory(String category) {
        if (countOfCategory.size() < CATEGORIES_MAX || countOfCategory.containsKey(category)) {
            countOfCategory.merge(category, 1L, Long::sum);
        }
    }

    private void keep(long line, long offsetBytes, String reason, byte[] bytes, int from, int to) {
        int end = Math.min(to, from + TEXT_BYTES_MAX);
        // A cut never falls into a character.
        while (end < to && end > from && (bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        String text = new String(bytes, from, end - from, StandardCharsets.UTF_8);
        kept.add(new RejectedLine(line, offsetBytes, reason, text));
    }

    /// How many lines were rejected.
    public long count() {
        return count;
    }

    /// The lines that were kept, in order.
    public List<RejectedLine> kept() {
        return kept;
    }

    /// The lines that were kept since the last call, which are kept no more but count among those
    /// that may be.
    public List<RejectedLine> takeKept() {
        List<RejectedLine> taken = List.copyOf(kept);
        keptMax -= kept.size();
        kept.clear();
        return taken;
    }

    /// How many lines were rejected for which kind of reason.
    public Map<String, Long> countOfCategory() {
        return countOfCategory;
    }
}
