// SPDX-License-Identifier: Apache-2.0
package weir.cli.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import weir.cli.output.ResultWriter;
import weir.engine.verify.Finding;
import weir.engine.verify.StoreVerification;
import weir.query.type.BasicType;

/// What the proof of a store found.
///
/// @param found what it found
/// @param seconds how long it took
public record VerificationReport(StoreVerification found, double seconds) {

    /// Prints one row for each finding.
    public void printFindings(ResultWriter writer) {
        Rows rows =
                new Rows()
                        .column("table", BasicType.VARCHAR)
                        .column("file", BasicType.VARCHAR)
                        .column("offset", BasicType.BIGINT)
                        .column("expected", BasicType.VARCHAR)
                        .column("found", BasicType.VARCHAR);
        for (Finding finding : found.findings()) {
            rows.add(
                    finding.table(),
                    finding.file().toString(),
                    finding.offset(),
                    finding.expected(),
                    finding.found());
        }
        rows.print(writer);
    }

    /// Prints everything as one JSON object.
    public void printJson(OutputStream out) {
        JsonObject json =
                new JsonObject()
                        .put("sound", found.isSound())
                        .put("segments", found.segments())
                        .put("damaged_segments", found.damagedSegments())
                        .put("rows", found.rows())
                        .put("blocks", found.blocks())
                        .put("bytes", found.bytes())
                        .put("seconds", seconds)
                        .put("findings", findings())
                        .putTexts("notes", found.notes());
        try {
            out.write((json + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<JsonObject> findings() {
        List<JsonObject> findings = new ArrayList<>();
        for (Finding finding : found.findings()) {
            JsonObject json =
                    new JsonObject()
                            .put("table", finding.table())
                            .put("file", finding.file().toString());
            Long offset = finding.offset();
            if (offset != null) {
                json.put("offset", offset);
            }
            findings.add(json.put("expected", finding.expected()).put("found", finding.found()));
        }
        return findings;
    }

    /// The result in one line.
    public String words() {
        String proved =
                "%s, %s, %s and %s proved in %s"
                        .formatted(
                                Quantity.of(found.segments(), "segment"),
                                Quantity.of(found.rows(), "row"),
                                Quantity.of(found.blocks(), "block"),
                                Quantity.bytes(found.bytes()),
                                Quantity.seconds(seconds));
        if (found.isSound()) {
            return "sound: " + proved;
        }
        return "damaged: %s in %s; %s"
                .formatted(
                        Quantity.of(found.findings().size(), "finding"),
                        found.damagedSegments() == 0
                                ? "the manifest"
                                : Quantity.of(found.damagedSegments(), "segment"),
                        proved);
    }
}
