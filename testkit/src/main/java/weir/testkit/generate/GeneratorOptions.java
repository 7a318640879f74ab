// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

import java.util.Objects;
import weir.testkit.record.LogFormat;

/// What to generate. Immutable; start from [#defaults] and change what matters.
///
/// All but `threads` decide the bytes that come out.
///
/// @param seed any number; another seed gives another estate and other traffic
/// @param records how many records, 0 to 10^12
/// @param startEpochSecond no record starts before this time (UTC seconds since 1970)
/// @param recordsPerSecond the average density in time, 1 to 10,000,000; the day and bursts vary it
/// @param format the fields and their order
/// @param estate the network
/// @param aggregationSeconds the longest time one record covers, 60 or 600
/// @param layout the folders of [FlowLogGenerator#writeBucket]; a single file has none
/// @param header whether files begin with the field names
/// @param gzip whether files are compressed
/// @param threads how many threads work, 1 to 1024; no effect on the bytes
public record GeneratorOptions(
        long seed,
        long records,
        long startEpochSecond,
        int recordsPerSecond,
        LogFormat format,
        EstatePreset estate,
        int aggregationSeconds,
        BucketLayout layout,
        boolean header,
        boolean gzip,
        int threads) {

    /// 2026-11-01 00:00:00 UTC, where generated logs start unless told otherwise.
    public static final long DEFAULT_START = 1_793_491_200L;

    private static final long MAX_RECORDS = 1_000_000_000_000L;
    private static final long MAX_START = 253_402_300_800L; // the year 10000
    private static final int MAX_RECORDS_PER_SECOND = 10_000_000;
    private static final int MAX_THREADS = 1024;

    /// Checks each value.
    public GeneratorOptions {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(estate, "estate");
        Objects.requireNonNull(layout, "layout");
        inRange("records", records, 0, MAX_RECORDS);
        inRange("startEpochSecond", startEpochSecond, 0, MAX_START);
        inRange("recordsPerSecond", recordsPerSecond, 1, MAX_RECORDS_PER_SECOND);
        inRange("threads", threads, 1, MAX_THREADS);
        if (aggregationSeconds != 60 && aggregationSeconds != 600) {
            throw new IllegalArgumentException(
                    "aggregationSeconds is 60 or 600, not " + aggregationSeconds);
        }
    }

    /// One million default-format records of a realistic estate at 2,000 a second, seed 1, with
    /// header, not compressed, on all processors.
    public static GeneratorOptions defaults() {
        return new GeneratorOptions(
                1,
                1_000_000,
                DEFAULT_START,
                2_000,
                LogFormat.V2,
                EstatePreset.REALISTIC,
                60,
                BucketLayout.DAILY,
                true,
                false,
                Runtime.getRuntime().availableProcessors());
    }

    /// These options with another `seed`.
    public GeneratorOptions withSeed(long seed) {
        return new GeneratorOptions(
                seed,
                records,
                startEpochSecond,
                recordsPerSecond,
                format,
                estate,
                aggregationSeconds,
                layout,
                header,
                gzip,
                threads);
    }

    /// These options with another `records`.
    public GeneratorOptions withRecords(long records) {
        return new GeneratorOptions(
                seed,
                records,
                startEpochSecond,
                recordsPerSecond,
                format,
                estate,
                aggregationSeconds,
                layout,
                header,
                gzip,
                threads);
    }

    /// These options with another `startEpochSecond`.
    public GeneratorOptions withStartEpochSecond(long startEpochSecond) {
        return new GeneratorOptions(
                seed,
                records,
                startEpochSecond,
                recordsPerSecond,
                format,
                estate,
                aggregationSeconds,
                layout,
                header,
                gzip,
                threads);
    }

    /// These options with another `recordsPerSecond`.
    public GeneratorOptions withRecordsPerSecond(int recordsPerSecond) {
        return new GeneratorOptions(
                seed,
                records,
                startEpochSecond,
                recordsPerSecond,
                format,
                estate,
                aggregationSeconds,
                layout,
                header,
                gzip,
                threads);
    }

    /// These options with another `format`.
    public GeneratorOptions withFormat(LogFormat format) {
        return new GeneratorOptions(
                seed,
                records,
                startEpochSecond,
                recordsPerSecond,
                format,
                estate,
                aggregationSeconds,
                layout,
                header,
                gzip,
                threads);
    }

    /// These options with another `estate`.
    public GeneratorOptions withEstate(EstatePreset estate) {
        return new GeneratorOptions(
                seed,
                records,
                startEpochSecond,
                recordsPerSecond,
                format,
                estate,
                aggregationSeconds,
                layout,
                header,
                gzip,
                threads);
    }

    /// These options with another `aggregationSeconds`.
    public GeneratorOptions withAggregationSeconds(int aggregationSeconds) {
        return new GeneratorOptions(
                seed,
                records,
                startEpochSecond,
                recordsPerSecond,
                format,
                estate,
                aggregationSeconds,
                layout,
                header,
                gzip,
                threads);
    }

    /// These options with another `layout`.
    public GeneratorOptions withLayout(BucketLayout layout) {
        return new GeneratorOptions(
                seed,
                records,
                startEpochSecond,
                recordsPerSecond,
                format,
                estate,
                aggregationSeconds,
                layout,
                header,
                gzip,
                threads);
    }

    /// These options with another `header`.
    public GeneratorOptions withHeader(boolean header) {
        return new GeneratorOptions(
                seed,
                records,
                startEpochSecond,
                recordsPerSecond,
                format,
                estate,
                aggregationSeconds,
                layout,
                header,
                gzip,
                threads);
    }

    /// These options with another `gzip`.
    public GeneratorOptions withGzip(boolean gzip) {
        return new GeneratorOptions(
                seed,
                records,
                startEpochSecond,
                recordsPerSecond,
                format,
                estate,
                aggregationSeconds,
                layout,
                header,
                gzip,
                threads);
    }

    /// These options with another `threads`.
    public GeneratorOptions withThreads(int threads) {
        return new GeneratorOptions(
                seed,
                records,
                startEpochSecond,
                recordsPerSecond,
                format,
                estate,
                aggregationSeconds,
                layout,
                header,
                gzip,
                threads);
    }

    private static void inRange(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " is " + least + " to " + most + ", not " + value);
        }
    }
}
