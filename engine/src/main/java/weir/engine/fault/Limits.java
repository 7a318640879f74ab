// SPDX-License-Identifier: Apache-2.0
package weir.engine.fault;

/// Every hard bound of the engine in one place, each with its reason.
public final class Limits {
    /// Rows of a block: the rows that one Roaring container covers.
    public static final int BLOCK_ROWS = 1 << 16;

    /// Rows of a batch: large enough that vectorised loops pay, small enough for the first cache.
    public static final int BATCH_ROWS = 1 << 11;

    /// Most rows of a segment. Row numbers fit an int with room, and a segment's columns under
    /// construction fit a small heap.
    public static final int SEGMENT_ROWS_MAX = 1 << 24;

    /// Most columns of a segment: far above any log format, far below what a hostile footer asks.
    public static final int COLUMNS_MAX = 4096;

    /// How many columns stand between a column and what it is said by at last. Writers need 3 (an
    /// address of the packet, that of the flow, the side, the number of a tuple); the work of
    /// reading grows threefold with each.
    public static final int REFERENCE_DEPTH_MAX = 4;

    /// Longest name of a column or a dictionary of a segment in bytes, and longest absent text.
    public static final int NAME_BYTES_MAX = 1024;

    /// Longest text value in bytes; a log line is shorter than this everywhere.
    public static final int TEXT_BYTES_MAX = 1 << 16;

    /// Most distinct keys of a bitmap index; above it bitmaps cost more than scanning codes.
    public static final int BITMAP_KEYS_MAX = 64;

    /// Largest share of a segment that one column's bitmaps may take, in bytes for each 1,000 rows.
    public static final int BITMAP_BYTES_PER_1000_ROWS = 150;

    /// A key has a bitmap when it is in at most one row of this many: above it scanning is faster.
    public static final int BITMAP_ROWS_PER_ROW = 8;

    /// The same where that many bitmaps would take too many bytes.
    public static final int BITMAP_ROWS_PER_RARE_ROW = 64;

    /// Largest share of a segment that the page index of one dictionary may take, in bytes for each
    /// 1,000 rows. It is reached where nearly every row has an address of its own.
    public static final int PAGES_BYTES_PER_1000_ROWS = 400;

    /// Largest share that the page index of number columns may take, in bytes for each 1,000 rows.
    public static final int NUMBER_PAGES_BYTES_PER_1000_ROWS = 80;

    /// Most numbers, from the least to the greatest, that a page index covers.
    public static final int PAGES_NUMBERS_MAX = 1 << 20;

    /// Largest manifest read, in bytes: a bound for hostile files (a million segments fit).
    public static final int MANIFEST_BYTES_MAX = 1 << 28;

    private Limits() {}
}
