// SPDX-License-Identifier: Apache-2.0
package weir.cli.output;

import java.io.OutputStream;
import java.util.List;
import weir.engine.vector.VectorBatch;
import weir.query.plan.LogicalPlan.Field;

/// Writes results in one format: for each result [#begin], any number of [#batch], [#end]. Belongs
/// to one thread.
public interface ResultWriter {

    /// Starts a result of these columns.
    void begin(List<Field> columns);

    /// Writes the rows of `batch`, whose vectors are of the columns begun with.
    void batch(VectorBatch batch);

    /// Ends the result; everything is with the stream then.
    void end();

    /// A writer of a text format to `out`.
    ///
    /// @param forTerminal whether a terminal reads it: control characters are made visible then
    /// @throws IllegalArgumentException for [OutputFormat#ARROW], which is not text
    static ResultWriter ofText(OutputFormat format, OutputStream out, boolean forTerminal) {
        Utf8Output text = new Utf8Output(out);
        return switch (format) {
            case TABLE -> new TableWriter(text);
            case CSV -> new CsvWriter(text, forTerminal);
            case TSV -> new TsvWriter(text, forTerminal);
            case JSON -> new JsonWriter(text, true);
            case JSONL -> new JsonWriter(text, false);
            case MARKDOWN -> new MarkdownWriter(text);
            case ARROW -> throw new IllegalArgumentException("arrow is no text format");
        };
    }
}
