// SPDX-License-Identifier: Apache-2.0
package weir.ingest.stream;

import java.nio.charset.StandardCharsets;

/// Lines that a maker of text puts between those of logs, to say what lines alone cannot. They
/// begin with control characters, which no record has; a plain file that has such lines says the
/// same.
public final class TextMarks {
    /// Alone on a line (a form feed): another text begins, and what is known of the lines so far
    /// says nothing of those that follow.
    public static final byte NEW_TEXT = '\f';

    /// Begins a line (the character called substitute) in the place of something that was found and
    /// is no record. Behind it stand what kind of thing it is, [#SEPARATOR], where it was found,
    /// [#SEPARATOR], and its beginning.
    public static final byte NO_RECORD = 0x1a;

    /// Separates the parts of such a line.
    public static final byte SEPARATOR = 0x1f;

    private TextMarks() {}

    /// The line, with its end, for something that is no record.
    ///
    /// @param kind what it is, in words that are the same for all alike
    /// @param place where it was found
    /// @param text its beginning
    public static byte[] noRecord(String kind, String place, String text) {
        String line = (char) NO_RECORD + kind + (char) SEPARATOR + place + (char) SEPARATOR + text;
        return (line.replace('\n', ' ').replace('\r', ' ') + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
