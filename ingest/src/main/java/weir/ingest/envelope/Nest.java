// SPDX-License-Identifier: Apache-2.0
package weir.ingest.envelope;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An object or array of JSON that is open, and whether it holds a record as it should.
final class Nest {
    /// Lists of which every entry holds a record: of CloudWatch Logs, Firehose and Kinesis.
    private static final Set<String> RECORD_LISTS = Set.of("logEvents", "records", "Records");

    private static final int TEXT_CHARS_MAX = 200;

    private final boolean isArray;

    /// Whether each object and value in it should hold a record.
    private final boolean isOfRecords;

    /// Where an object begins that should hold a record; null for what need not.
    private final @Nullable JsonLocation start;

    private boolean isSettled;

    /// The beginning of what is in it, as long as that may have to be shown.
    private final StringBuilder text = new StringBuilder();

    private Nest(boolean isArray, boolean isOfRecords, @Nullable JsonLocation start) {
        this.isArray = isArray;
        this.isOfRecords = isOfRecords;
        this.start = start;
    }

    /// The nest that opens within `around`, which is null for an outermost one.
    ///
    /// @param name what it is called there
    /// @param location where it begins
    static Nest within(
            @Nullable Nest around, String name, boolean isArray, @Nullable JsonLocation location) {
        if (around != null) {
            around.note(isArray ? "[...]," : "{...},");
        }
        boolean isOfRecords = isArray && (around == null || RECORD_LISTS.contains(name));
        return new Nest(isArray, isOfRecords, isElement(around) ? location : null);
    }

    /// Whether a value within `around` should hold a record.
    static boolean isElement(@Nullable Nest around) {
        return around == null || around.isOfRecords;
    }

    /// Takes note of the name of a value in it.
    void noteName(String name) {
        isSettled |= RECORD_LISTS.contains(name);
        note("\"" + name + "\":");
    }

    /// Takes note of the value at which `parser` stands.
    void noteValue(JsonParser parser) throws IOException {
        if (start != null && !isSettled && text.length() < TEXT_CHARS_MAX) {
            note(parser.getText() + ",");
        }
    }

    private void note(String more) {
        if (start != null && !isSettled && text.length() < TEXT_CHARS_MAX) {
            text.append(more, 0, Math.min(more.length(), TEXT_CHARS_MAX));
        }
    }

    /// Says that what it holds is accounted for.
    void settle() {
        isSettled = true;
    }

    /// Whether what it holds is accounted for.
    boolean isSettled() {
        return isSettled;
    }

    /// Where it begins, when it should hold a record and does not; otherwise null.
    @Nullable JsonLocation missing() {
        return isArray || isSettled ? null : start;
    }

    /// Its beginning, roughly as it was written.
    String text() {
        return "{" + text + (text.length() < TEXT_CHARS_MAX ? "}" : "...");
    }
}
