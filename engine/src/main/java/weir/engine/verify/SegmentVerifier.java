// SPDX-License-Identifier: Apache-2.0
package weir.engine.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.format.Section;
import weir.engine.format.SegmentFooter;
import weir.engine.format.SegmentFrame;
import weir.engine.format.SegmentLayout;
import weir.engine.format.SegmentSeal;
import weir.engine.memory.MappedFile;
import weir.engine.memory.ShortenedFile;
import weir.engine.memory.Slice;
import weir.engine.schema.Column;
import weir.engine.schema.Schema;
import weir.engine.segment.SegmentReader;
import weir.engine.segment.SegmentSummary;

/// Proves one segment: header, trailer and footer, that sections and zero bytes fill the file,
/// every checksum, and by way of [ColumnVerifier] every row and what is said of it. Belongs to one
/// thread.
public final class SegmentVerifier {
    private final Path path;
    private final @Nullable SegmentSeal seal;
    private final @Nullable Schema schema;
    private final Findings findings;
    private long rows;
    private long blocks;
    private long bytes;

    private SegmentVerifier(
            Path path, @Nullable SegmentSeal seal, @Nullable Schema schema, Findings findings) {
        this.path = path;
        this.seal = seal;
        this.schema = schema;
        this.findings = findings;
    }

    /// Proves the segment in `path`.
    ///
    /// @param table the table it belongs to, for the findings
    /// @param seal what the manifest knows of it; null when no manifest is asked
    /// @param schema the columns of the table; null when no manifest is asked
    public static SegmentVerification verify(
            String table, Path path, @Nullable SegmentSeal seal, @Nullable Schema schema) {
        Findings findings = new Findings(table, path);
        SegmentVerifier verifier = new SegmentVerifier(path, seal, schema, findings);
        findings.complete(verifier::verifyFile);
        return new SegmentVerification(
                findings.all(), verifier.rows, verifier.blocks, verifier.bytes);
    }

    private void verifyFile() {
        try (MappedFile file = MappedFile.open(path)) {
            bytes = file.content().size();
            verifyContent(file);
            file.checkLength();
        } catch (InternalError e) {
            throw ShortenedFile.failure(e, path, 0);
        }
    }

    /// A damaged header does not keep the rest from being read; without a footer nothing is.
    private void verifyContent(MappedFile file) {
        Slice content = file.content();
        if (seal != null && seal.sizeBytes() != bytes) {
            findings.add(
                    Math.min(bytes, seal.sizeBytes()),
                    "a file of " + seal.sizeBytes() + " bytes, as the manifest says",
                    "one of " + bytes + " bytes");
        }
        long[] segmentId = {seal == null ? 0 : seal.segmentId()};
        findings.complete(() -> segmentId[0] = SegmentFrame.readHeader(content));
        Section[] footerSection = {null};
        SegmentFooter[] footer = {null};
        boolean isKnown =
                findings.complete(() -> {
                    footerSection[0] = SegmentFrame.readTrailer(content);
                    footer[0] = SegmentFrame.readFooter(content, footerSection[0]);
                });
        if (isKnown) {
            verifyFrame(file, new SegmentFrame(segmentId[0], footerSection[0], footer[0]));
        }
    }

    private void verifyFrame(MappedFile file, SegmentFrame frame) {
        Slice content = file.content();
        SegmentFooter footer = frame.footer();
        rows = footer.rowCount();
        verifyLayout(content, frame);
        for (Section section : footer.sections()) {
            findings.complete(() -> section.checkedIn(content));
        }
        findings.complete(() -> {
            SegmentReader reader = SegmentReader.of(file, frame);
            long footerAt = frame.footerSection().offset();
            verifySeal(reader, footerAt);
            verifySchema(reader, footerAt);
            boolean isWhole = verifyColumns(reader, footerAt);
            for (SegmentSummary summary : reader.summaries()) {
                if (verifyColumns(summary.rows(), footerAt) && isWhole) {
                    new SummaryVerifier(reader, summary, footerAt, findings).verify();
                }
            }
        });
    }

    /// Whether every row of every column could be read.
    private boolean verifyColumns(SegmentReader reader, long footerAt) {
        PageIndexVerifier pages = new PageIndexVerifier(reader, reader.footer(), findings);
        boolean isWhole = true;
        for (int i = 0; i < reader.footer().columns().size(); i++) {
            ColumnVerifier column = new ColumnVerifier(reader, footerAt, i, findings);
            blocks += column.verify(pages);
            isWhole &= column.isWhole();
        }
        pages.finish();
        return isWhole;
    }

    private void verifySeal(SegmentReader reader, long footerAt) {
        SegmentSeal found = reader.seal();
        if (seal == null) {
            return;
        }
        if (seal.segmentId() != found.segmentId() || seal.rowCount() != found.rowCount()) {
            findings.add(
                    0,
                    "segment " + seal.segmentId() + " of " + seal.rowCount() + " rows",
                    "segment " + found.segmentId() + " of " + found.rowCount() + " rows");
        }
        if (seal.footerChecksum() != found.footerChecksum()) {
            findings.add(
                    footerAt,
                    "the footer that the manifest knows, with checksum "
                            + Integer.toHexString(seal.footerChecksum()),
                    Integer.toHexString(found.footerChecksum()));
        }
    }

    /// The table has every column of its segments, of the same type.
    private void verifySchema(SegmentReader reader, long footerAt) {
        if (schema == null) {
            return;
        }
        for (Column column : reader.schema().columns()) {
            int index = schema.indexOf(column.name());
            Column known = index < 0 ? null : schema.column(index);
            if (known == null || known.type() != column.type()) {
                findings.add(
                        footerAt,
                        known == null
                                ? "only columns of the table"
                                : "column " + known.name() + " of " + known.type(),
                        column.name() + " of " + column.type());
            }
        }
    }

    /// Sections stand one behind the other with less than an alignment of zero bytes between them,
    /// so that no byte belongs to nothing.
    private void verifyLayout(Slice content, SegmentFrame frame) {
        List<Section> sections = new ArrayList<>(frame.footer().sections());
        sections.sort(
                Comparator.comparingLong(Section::offset).thenComparingInt(Section::sizeBytes));
        sections.add(frame.footerSection());
        long end = SegmentLayout.HEADER_BYTES;
        for (Section section : sections) {
            if (section.offset() < end) {
                findings.add(
                        section.offset(),
                        "a section behind the one before it, from byte " + end,
                        "one that begins at byte " + section.offset());
            } else if (section.offset() - end >= SegmentLayout.SECTION_ALIGNMENT) {
                findings.add(
                        end,
                        "a section within " + SegmentLayout.SECTION_ALIGNMENT + " bytes",
                        "the next one at byte " + section.offset());
            } else {
                verifyPadding(content, end, section.offset());
            }
            end = Math.max(end, section.offset() + section.sizeBytes());
        }
    }

    private void verifyPadding(Slice content, long from, long to) {
        for (long at = from; at < to; at++) {
            if (content.byteAt(at) != 0) {
                findings.add(at, "a zero byte between sections", content.byteAt(at) + "");
            }
        }
    }
}
