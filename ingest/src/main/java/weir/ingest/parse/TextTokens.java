// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import weir.engine.segment.TextPool;
import weir.ingest.record.FieldKind;

/// The tokens of one text dictionary of a segment.
final class TextTokens extends TokenTable {
    private final TextPool pool;
    private final FieldKind kind;

    /// Tokens of `kind`, which is a text or one of the closed sets.
    TextTokens(TextPool pool, FieldKind kind) {
        this.pool = pool;
        this.kind = kind;
    }

    @Override
    int admit(byte[] bytes, int from, int to) {
        return TextRules.isAllowed(kind, bytes, from, to) ? pool.idOf(bytes, from, to) : -1;
    }
}
