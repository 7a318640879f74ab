// SPDX-License-Identifier: Apache-2.0
package weir.ingest.record;

/// What the text of a field must look like. Every kind also takes `-`, which means absent.
///
/// Numbers are digits only: no sign, no leading zero. AWS writes them so, and `007` or `+7` is a
/// sign that something else wrote the line.
public enum FieldKind {
    /// The version of the record.
    VERSION(2, 255, "2 to 255"),
    /// A port.
    PORT(0, 65_535, "0 to 65535"),
    /// An IANA protocol number.
    PROTOCOL(0, 255, "0 to 255"),
    /// Packets or bytes of a window.
    COUNT(0, Long.MAX_VALUE, "0 to 9223372036854775807"),
    /// Seconds since 1970 UTC, up to 2^40 (the year 36812).
    SECONDS(0, 1L << 40, "seconds since 1970 (0 to 1099511627776)"),
    /// Flags or a small enumeration.
    SMALL(0, 255, "0 to 255"),
    /// An IPv4 or IPv6 address; no host name, no zone.
    ADDRESS("an IPv4 or IPv6 address"),
    /// What became of the traffic.
    ACTION("ACCEPT, REJECT"),
    /// Whether the window had data.
    LOG_STATUS("OK, NODATA, SKIPDATA"),
    /// Any UTF-8 text without control characters.
    TEXT("text in UTF-8 without control characters"),
    /// The time stamp that a CloudWatch Logs export puts before each record; not kept.
    STAMP("a time stamp like 2026-11-01T00:00:00.000Z");

    private final boolean isNumber;
    private final long min;
    private final long max;
    private final String expected;

    FieldKind(long min, long max, String expected) {
        this.isNumber = true;
        this.min = min;
        this.max = max;
        this.expected = expected;
    }

    FieldKind(String expected) {
        this.isNumber = false;
        this.min = 0;
        this.max = 0;
        this.expected = expected;
    }

    /// Whether values are numbers.
    public boolean isNumber() {
        return isNumber;
    }

    /// The least number allowed.
    public long min() {
        return min;
    }

    /// The greatest number allowed.
    public long max() {
        return max;
    }

    /// What is allowed, in words that follow "expected".
    public String expected() {
        return this == STAMP ? expected : expected + " or '-'";
    }
}
