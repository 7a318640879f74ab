// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a run did. Filled by one thread, read when the run is over.
public final class RunSummary {
    /// Files named one by one; the counts go on.
    private static final int NAMED_MAX = 1_000;

    private static final int REASONS_MAX = 1_000;

    private final List<Remark> failures = new ArrayList<>();
    private final List<Remark> warnings = new ArrayList<>();
    private final List<Rejects> rejects = new ArrayList<>();
    private final Map<String, Long> reasons = new HashMap<>();
    private long files;
    private long skippedFiles;
    private long failedFiles;
    private long records;
    private long rejectedLines;
    private long bytesIn;
    private long decodedBytes;
    private long segments;

    RunSummary() {}

    /// Something to say about a file.
    ///
    /// @param path the file's name
    /// @param reason what there is to say
    public record Remark(String path, String reason) {}

    /// Rejected lines of a file, or for a reason.
    ///
    /// @param name the file or the reason
    /// @param lines how many
    public record Rejects(String name, long lines) {}

    void addSkipped(int count) {
        skippedFiles += count;
    }

    void addFailed(String path, String reason) {
        failedFiles++;
        if (failures.size() < NAMED_MAX) {
            failures.add(new Remark(path, reason));
        }
    }

    void addSegments(int count) {
        segments += count;
    }

    void add(FileResult result) {
        LedgerEntry entry = result.entry();
        String reason = entry.reason() == null ? "" : entry.reason();
        switch (entry.status()) {
            case DUPLICATE -> skippedFiles++;
            case FAILED, CHANGED -> addFailed(entry.path(), reason);
            case NOT_A_FLOW_LOG -> addFailed(entry.path(), "not a flow log: " + reason);
            case OK, EMPTY, TRUNCATED, DAMAGED -> addTaken(result, reason);
        }
    }

    private void addTaken(FileResult result, String reason) {
        LedgerEntry entry = result.entry();
        files++;
        records += entry.records();
        rejectedLines += entry.rejectedLines();
        bytesIn += entry.sizeBytes();
        decodedBytes += entry.decodedBytes();
        if (!reason.isEmpty() && warnings.size() < NAMED_MAX) {
            warnings.add(new Remark(entry.path(), reason));
        }
        if (entry.rejectedLines() > 0) {
            rejects.add(new Rejects(entry.path(), entry.rejectedLines()));
            if (rejects.size() > NAMED_MAX) {
                keepWorst(NAMED_MAX / 2);
            }
        }
        result.rejectedByCategory()
                .forEach((category, count) -> {
                    if (reasons.size() < REASONS_MAX || reasons.containsKey(category)) {
                        reasons.merge(category, count, Long::sum);
                    }
                });
    }

    private void keepWorst(int count) {
        rejects.sort(Comparator.comparingLong(Rejects::lines).reversed());
        rejects.subList(count, rejects.size()).clear();
    }

    /// Files read, those with trouble among them.
    public long files() {
        return files;
    }

    /// Files whose content was there already.
    public long skippedFiles() {
        return skippedFiles;
    }

    /// Files and inputs that gave nothing.
    public long failedFiles() {
        return failedFiles;
    }

    /// The first of them, and why.
    public List<Remark> failures() {
        return List.copyOf(failures);
    }

    /// The first files that were read but end early or are damaged, and how.
    public List<Remark> warnings() {
        return List.copyOf(warnings);
    }

    /// Records taken.
    public long records() {
        return records;
    }

    /// Lines rejected.
    public long rejectedLines() {
        return rejectedLines;
    }

    /// The files with the most rejected lines, at most `count`.
    public List<Rejects> worstFiles(int count) {
        return rejects.stream()
                .sorted(Comparator.comparingLong(Rejects::lines).reversed())
                .limit(count)
                .toList();
    }

    /// The commonest kinds of reasons, at most `count`.
    public List<Rejects> commonestReasons(int count) {
        return reasons.entrySet().stream()
                .map(e -> new Rejects(e.getKey(), e.getValue()))
                .sorted(
                        Comparator.comparingLong(Rejects::lines)
                                .reversed()
                                .thenComparing(Rejects::name))
                .limit(count)
                .toList();
    }

    /// Bytes of the files read.
    public long bytesIn() {
        return bytesIn;
    }

    /// Bytes of their text.
    public long decodedBytes() {
        return decodedBytes;
    }

    /// Segments of flow records committed.
    public long segments() {
        return segments;
    }
}
