// SPDX-License-Identifier: Apache-2.0
package weir.ingest.record;

import java.util.ArrayList;
import java.util.List;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.schema.Schema;

/// The tables that collecting fills.
public final class FlowTables {
    /// The records of VPCs.
    public static final String FLOWS = "vpc_flow_logs";

    /// The records of transit gateways.
    public static final String TRANSIT_GATEWAY_FLOWS = "tgw_flow_logs";

    /// The ledger: every file that was looked at, and what became of it.
    public static final String FILES = "system.files";

    /// Lines that are no record, with the reason.
    public static final String REJECTED_LINES = "system.rejected_lines";

    /// The column that holds a record's time.
    public static final String TIME_COLUMN = FlowField.START.column().name();

    /// The file a record came from, under the name it was given; hidden, as in Athena.
    public static final Column PATH = Column.text("$path").hidden();

    /// Columns of [#FILES]: the name the file was given.
    public static final Column FILE_PATH = Column.text("path");

    /// 128 bits of the decoded bytes in hexadecimal; NULL when they were not all read.
    public static final Column FILE_CONTENT_HASH = Column.text("content_hash");

    /// Bytes of the file as it lies there.
    public static final Column FILE_SIZE_BYTES = Column.number("size_bytes", ColumnType.INT64);

    /// Bytes of text in it.
    public static final Column FILE_DECODED_BYTES =
            Column.number("decoded_bytes", ColumnType.INT64);

    /// When it was last modified.
    public static final Column FILE_MODIFIED = Column.number("modified", ColumnType.TIMESTAMP);

    /// What the text was packed in and what held it: `text`, `gzip`, `parquet`, `zstd csv`.
    public static final Column FILE_FORM = Column.text("form");

    /// The field names of its last lines.
    public static final Column FILE_FORMAT = Column.text("format");

    /// Records taken.
    public static final Column FILE_RECORDS = Column.number("records", ColumnType.INT64);

    /// Lines rejected.
    public static final Column FILE_REJECTED_LINES =
            Column.number("rejected_lines", ColumnType.INT64);

    /// What became of it: `ok`, `empty`, `truncated`, `damaged`, `duplicate`, `failed`, `not a flow
    /// log`.
    public static final Column FILE_STATUS = Column.text("status");

    /// Why, where the status is not `ok`.
    public static final Column FILE_REASON = Column.text("reason");

    /// When it was collected.
    public static final Column FILE_COLLECTED = Column.number("collected", ColumnType.TIMESTAMP);

    /// 128 bits of a packed file's own bytes in hexadecimal; NULL for plain text, where they were
    /// not all read, and for files collected before there was this column.
    public static final Column FILE_PACKED_HASH = Column.text("packed_hash");

    /// Columns of [#REJECTED_LINES]: the file's name.
    public static final Column REJECTED_FILE = Column.text("file");

    /// Number of the line, from 1.
    public static final Column REJECTED_LINE = Column.number("line", ColumnType.INT64);

    /// Where the line begins in the decoded text.
    public static final Column REJECTED_OFFSET = Column.number("byte_offset", ColumnType.INT64);

    /// Why it was rejected.
    public static final Column REJECTED_REASON = Column.text("reason");

    /// Its first 1,000 bytes.
    public static final Column REJECTED_TEXT = Column.text("text");

    /// The schema of [#FLOWS]: every documented field in AWS's order, then the hidden columns.
    public static final Schema FLOWS_SCHEMA = schema(RecordTable.VPC);

    /// The schema of [#TRANSIT_GATEWAY_FLOWS]: the fields of the default format in its order, then
    /// the hidden columns.
    public static final Schema TRANSIT_GATEWAY_SCHEMA = schema(RecordTable.TRANSIT_GATEWAY);

    /// The schema of [#FILES].
    public static final Schema FILES_SCHEMA =
            Schema.of(
                    List.of(
                            FILE_PATH,
                            FILE_CONTENT_HASH,
                            FILE_SIZE_BYTES,
                            FILE_DECODED_BYTES,
                            FILE_MODIFIED,
                            FILE_FORM,
                            FILE_FORMAT,
                            FILE_RECORDS,
                            FILE_REJECTED_LINES,
                            FILE_STATUS,
                            FILE_REASON,
                            FILE_COLLECTED,
                            FILE_PACKED_HASH));

    /// The schema of [#REJECTED_LINES].
    public static final Schema REJECTED_LINES_SCHEMA =
            Schema.of(
                    List.of(
                            REJECTED_FILE,
                            REJECTED_LINE,
                            REJECTED_OFFSET,
                            REJECTED_REASON,
                            REJECTED_TEXT));

    private FlowTables() {}

    private static Schema schema(RecordTable table) {
        List<Column> columns = new ArrayList<>();
        for (FlowField field : table.fields()) {
            columns.add(field.column());
        }
        columns.add(PATH);
        return Schema.of(columns, TIME_COLUMN);
    }
}
