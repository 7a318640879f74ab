// SPDX-License-Identifier: Apache-2.0
package weir.cli.output;

import java.util.Locale;

/// The ways to print a result.
public enum OutputFormat {
    /// Columns side by side, for people.
    TABLE,
    /// RFC 4180 with a header; lines end in a line feed.
    CSV,
    /// Values between tabs, with a header; tab, line feed, return and backslash are escaped.
    TSV,
    /// One array of objects.
    JSON,
    /// One object a line.
    JSONL,
    /// A table in Markdown.
    MARKDOWN,
    /// The Arrow IPC stream format.
    ARROW;

    /// The name on the command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
