// SPDX-License-Identifier: Apache-2.0
package weir.ingest.live;

import java.util.Map;
import weir.engine.StoreWriter;

/// How far the journals of a store were made rows, as the manifest keeps it.
///
/// @param session the session that rows were last taken of; 0 for none
/// @param line lines of it that are rows, or were rejected, counted from its beginning
/// @param records records among them
/// @param rejectedLines rejected lines among them
/// @param ended the last session of which nothing is left to be read
record LiveMarks(long session, long line, long records, long rejectedLines, long ended) {
    private static final String SESSION = "journal session";
    private static final String LINE = "journal line";
    private static final String RECORDS = "journal records";
    private static final String REJECTED = "journal rejected lines";
    private static final String ENDED = "journal ended";

    /// Those that `writer` last committed.
    static LiveMarks of(StoreWriter writer) {
        return new LiveMarks(
                writer.mark(SESSION),
                writer.mark(LINE),
                writer.mark(RECORDS),
                writer.mark(REJECTED),
                writer.mark(ENDED));
    }

    /// The beginning of `session`, or where it was read up to.
    LiveMarks in(long session) {
        return session == this.session ? this : new LiveMarks(session, 0, 0, 0, ended);
    }

    /// These with nothing left of the session.
    LiveMarks asEnded() {
        return new LiveMarks(session, line, records, rejectedLines, session);
    }

    /// What a commit keeps.
    Map<String, Long> toMap() {
        return Map.of(
                SESSION,
                session,
                LINE,
                line,
                RECORDS,
                records,
                REJECTED,
                rejectedLines,
                ENDED,
                ended);
    }
}
