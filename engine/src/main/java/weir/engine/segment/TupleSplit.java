// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.encoding.BlockCodec;
import weir.engine.encoding.DeterminedEncoding;
import weir.engine.fault.Limits;
import weir.engine.index.ZoneMap;
import weir.engine.memory.KeyHash;

/// Columns of few combinations of values as one column that numbers the combinations of a block,
/// and for each member what its code is in each of them.
final class TupleSplit {
    /// More combinations than this in a block, and the members are written on their own.
    private static final int TUPLES_MAX = 4096;

    final StagedColumn number;
    final List<StagedColumn> members;

    /// For each block, for each member the codes by tuple number; null where tuples do not pay.
    private final long[] @Nullable [][] codesByBlock;

    private TupleSplit(
            StagedColumn number, List<StagedColumn> members, long[] @Nullable [][] codesByBlock) {
        this.number = number;
        this.members = members;
        this.codesByBlock = codesByBlock;
    }

    static TupleSplit of(List<StagedColumn> members, int rowCount, int ordinal) {
        int blockCount = (rowCount + Limits.BLOCK_ROWS - 1) / Limits.BLOCK_ROWS;
        long[] @Nullable [][] codes = new long[blockCount][][];
        long[] numbers = new long[rowCount];
        for (int block = 0; block < blockCount; block++) {
            int from = block * Limits.BLOCK_ROWS;
            codes[block] = split(members, from, StagedColumn.blockEnd(from, rowCount), numbers);
        }
        return new TupleSplit(StagedColumn.chooser("~tuple:" + ordinal, numbers), members, codes);
    }

    /// The code of `member` for each tuple number of a block, or null when it stands for itself.
    long @Nullable [] codes(StagedColumn member, int block) {
        long[][] codes = codesByBlock[block];
        return codes == null ? null : codes[members.indexOf(member)];
    }

    /// Numbers the tuples of a block; gives null, and leaves the numbers 0, when that does not pay.
    private static long @Nullable [][] split(
            List<StagedColumn> members, int from, int to, long[] numbers) {
        int count = to - from;
        long[][] blockCodes = new long[members.size()][count];
        long separate = 0;
        for (int m = 0; m < members.size(); m++) {
            StagedColumn member = members.get(m);
            ZoneMap zone = member.zone(from, to);
            member.codes(from, to, member.base(zone), blockCodes[m]);
            separate += BlockCodec.choose(blockCodes[m], count).sizeBytes();
        }
        long[] keys = packed(blockCodes, count);
        if (keys.length == 0) {
            return null;
        }
        long[] blockNumbers = new long[count];
        int[] firstRows = number(keys, blockNumbers);
        if (firstRows.length == 0) {
            return null;
        }
        long[][] byNumber = new long[members.size()][firstRows.length];
        for (int m = 0; m < byNumber.length; m++) {
            for (int number = 0; number < firstRows.length; number++) {
                byNumber[m][number] = blockCodes[m][firstRows[number]];
            }
        }
        long together = BlockCodec.choose(blockNumbers, count).sizeBytes();
        for (long[] codes : byNumber) {
            together += DeterminedEncoding.encodedSizeBytes(codes.length, width(codes));
        }
        if (together >= separate) {
            return null;
        }
        System.arraycopy(blockNumbers, 0, numbers, from, count);
        return byNumber;
    }

    /// The codes of each row side by side in one number, or nothing when they do not fit.
    private static long[] packed(long[][] codes, int count) {
        int bits = 0;
        for (long[] column : codes) {
            bits += width(column);
        }
        if (bits > 63) {
            return new long[0];
        }
        long[] keys = new long[count];
        for (long[] column : codes) {
            int width = width(column);
            for (int row = 0; row < count; row++) {
                keys[row] = keys[row] << width | column[row];
            }
        }
        return keys;
    }

    /// Numbers the distinct keys in order of arrival; gives the first row of each, or nothing when
    /// they are too many.
    private static int[] number(long[] keys, long[] numbers) {
        int[] firstRows = new int[TUPLES_MAX];
        int[] slots = new int[4 * TUPLES_MAX];
        int known = 0;
        for (int row = 0; row < keys.length; row++) {
            if (row > 0 && keys[row] == keys[row - 1]) {
                numbers[row] = numbers[row - 1];
                continue;
            }
            int slot = (int) (KeyHash.of(keys[row]) & (slots.length - 1));
            while (slots[slot] != 0 && keys[firstRows[slots[slot] - 1]] != keys[row]) {
                slot = (slot + 1) & (slots.length - 1);
            }
            if (slots[slot] == 0) {
                if (known == TUPLES_MAX) {
                    return new int[0];
                }
                firstRows[known++] = row;
                slots[slot] = known;
            }
            numbers[row] = slots[slot] - 1L;
        }
        return Arrays.copyOf(firstRows, known);
    }

    private static int width(long[] codes) {
        long bits = 0;
        for (long code : codes) {
            bits |= code;
        }
        return 64 - Long.numberOfLeadingZeros(bits);
    }
}
