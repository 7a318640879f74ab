// SPDX-License-Identifier: Apache-2.0
package weir.engine.verify;

import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.format.Section;
import weir.engine.format.SegmentFooter.BlockEntry;
import weir.engine.format.SegmentFooter.ColumnEntry;
import weir.engine.index.BitmapIndex;
import weir.engine.index.IndexDifference;
import weir.engine.index.ZoneMap;
import weir.engine.schema.IpAddress;
import weir.engine.segment.ColumnReader;
import weir.engine.segment.SegmentReader;
import weir.engine.vector.Dictionary;

/// Proves one column of a segment: decodes every row, and compares codes with the dictionary, zones
/// and indexes with the rows. Belongs to one thread.
final class ColumnVerifier {
    private final SegmentReader segment;
    private final int ordinal;
    private final ColumnReader reader;
    private final ColumnEntry entry;
    private final long footerAt;
    private final Findings findings;
    private final boolean isDictionary;

    private final ColumnValues rows;
    private final long[] values;
    private long blocks;
    private boolean isWhole = true;

    ColumnVerifier(SegmentReader segment, long footerAt, int ordinal, Findings findings) {
        this.segment = segment;
        this.ordinal = ordinal;
        this.reader = segment.storedColumns().get(ordinal);
        this.entry = segment.footer().columns().get(ordinal);
        this.footerAt = footerAt;
        this.findings = findings;
        this.isDictionary = entry.column().type().isDictionary();
        this.rows = new ColumnValues(segment, reader);
        this.values = rows.all();
    }

    /// Proves the column, and gives its rows to `pages`.
    ///
    /// @return how many blocks were proved
    long verify(PageIndexVerifier pages) {
        long codeCount = isDictionary ? dictionarySize() : 0;
        for (int i = 0; i < entry.blocks().size(); i++) {
            int block = i;
            boolean isRead = findings.complete(() -> verifyBlock(block, codeCount));
            isWhole &= isRead;
            blocks += isRead ? 1 : 0;
        }
        findings.complete(this::verifyIndex);
        pages.add(ordinal, values, codeCount == Long.MAX_VALUE ? 0 : codeCount, isWhole);
        return blocks;
    }

    /// Whether every row could be read.
    boolean isWhole() {
        return isWhole;
    }

    /// How many codes the dictionary has; all are allowed when it cannot be read.
    private long dictionarySize() {
        long[] size = {Long.MAX_VALUE};
        findings.complete(() -> {
            Dictionary dictionary = reader.dictionary();
            size[0] = dictionary.size();
            verifyAscending(dictionary);
        });
        return size[0];
    }

    /// Texts are compared when a dictionary is read; addresses are once more, as what they mean.
    private void verifyAscending(Dictionary dictionary) {
        for (int code = 2; dictionary.isAddresses() && code < dictionary.size(); code++) {
            IpAddress before = dictionary.address(code - 1);
            IpAddress address = dictionary.address(code);
            if (before == null || address == null || before.compareTo(address) >= 0) {
                findings.add(
                        footerAt,
                        "ascending addresses of dictionary " + entry.column().dictionary(),
                        before + " then " + address + " as code " + code);
                return;
            }
        }
    }

    private void verifyBlock(int block, long codeCount) {
        BlockEntry known = entry.blocks().get(block);
        rows.readBlock(
                block,
                (from, count) -> {
                    if (isDictionary) {
                        verifyCodes(known.section(), from, count, codeCount);
                    }
                });
        int first = block * Limits.BLOCK_ROWS;
        verifyZone(block, known.zone(), first, first + segment.blockRows(block));
    }

    private void verifyCodes(Section section, int from, int count, long codeCount) {
        for (int row = from; row < from + count; row++) {
            if (values[row] < 0 || values[row] >= codeCount) {
                findings.add(
                        section.offset(),
                        "codes of column "
                                + entry.column().name()
                                + " from 0 to "
                                + (codeCount - 1),
                        Long.toUnsignedString(values[row]));
                return;
            }
        }
    }

    private void verifyZone(int block, ZoneMap known, int first, int end) {
        ZoneMap proved =
                isDictionary
                        ? ZoneMap.ofCodes(values, first, end)
                        : ZoneMap.ofNumbers(values, first, end);
        if (!proved.equals(known) && !(proved.isAllAbsent() && known.isAllAbsent())) {
            String where = " of column " + entry.column().name() + ", block " + block;
            findings.add(footerAt, words(proved) + where, words(known));
        }
    }

    private String words(ZoneMap zone) {
        if (zone.isAllAbsent()) {
            return "a zone without a value";
        }
        return "a zone from %d to %d, %d absent%s"
                .formatted(
                        zone.min(),
                        zone.max(),
                        zone.absentCount(),
                        isDictionary
                                ? ""
                                : ", sum "
                                        + zone.sum()
                                        + (zone.isSumExact() ? "" : " (too large)"));
    }

    private void verifyIndex() {
        BitmapIndex index = reader.index();
        Section section = entry.index();
        if (index == null || section == null || !isWhole) {
            return;
        }
        report(section, index.difference(values));
    }

    private void report(Section section, @Nullable IndexDifference difference) {
        if (difference != null) {
            findings.add(
                    section.offset(),
                    difference.expected() + " in the index of column " + entry.column().name(),
                    difference.found());
        }
    }
}
