// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.encoding.BlockEncoder;
import weir.engine.encoding.DeterminedEncoding;
import weir.engine.fault.Limits;
import weir.engine.index.ZoneMap;
import weir.engine.memory.KeyHash;

/// Columns of few combinations of values as one column that numbers the combinations of a block,
/// and for each member what its code is in each of them.
final class TupleSplit {
    /// More combinations than this in a block, and the members are written on their own.
    private static final int TUPLES_MAX = 4096;

    /// Up to so many bits of a combination, a table of all of them numbers them.
    private static final int TABLE_BITS = 14;

    final StagedColumn number;
    final List<StagedColumn> members;

    /// For each block, for each member the codes by tuple number; null where tuples do not pay.
    private final int[] @Nullable [][] codesByBlock;

    private TupleSplit(
            StagedColumn number, List<StagedColumn> members, int[] @Nullable [][] codesByBlock) {
        this.number = number;
        this.members = members;
        this.codesByBlock = codesByBlock;
    }

    /// The zone of each block of a column.
    interface Zones {
        ZoneMap of(StagedColumn column, int block);
    }

    /// Whether tuples pay is found out from the first block, by exact sizes.
    static TupleSplit of(
            List<StagedColumn> members,
            Zones zones,
            BlockEncoder encoder,
            int rowCount,
            int ordinal,
            RowMemory memory) {
        int blockCount = (rowCount + Limits.BLOCK_ROWS - 1) / Limits.BLOCK_ROWS;
        int[] @Nullable [][] codes = new int[blockCount][][];
        int[] numbers = memory.ints(rowCount);
        // Blocks that do not pay have the number 0.
        Arrays.fill(numbers, 0, rowCount, 0);
        int[][] blockCodes = new int[members.size()][Math.min(rowCount, Limits.BLOCK_ROWS)];
        long[] keys = new long[Math.min(rowCount, Limits.BLOCK_ROWS)];
        boolean pays = true;
        for (int block = 0; block < blockCount && pays; block++) {
            int from = block * Limits.BLOCK_ROWS;
            int count = StagedColumn.blockEnd(from, rowCount) - from;
            for (int m = 0; m < members.size(); m++) {
                StagedColumn member = members.get(m);
                ZoneMap zone = zones.of(member, block);
                member.blockCodes(member.codes, from, count, zone, blockCodes[m]);
            }
            int[] blockNumbers = new int[count];
            int[][] byNumber = split(blockCodes, count, keys, blockNumbers);
            pays = block > 0 || pays(byNumber, blockNumbers, blockCodes, encoder);
            if (byNumber != null && pays) {
                System.arraycopy(blockNumbers, 0, numbers, from, count);
                codes[block] = byNumber;
            }
        }
        return new TupleSplit(StagedColumn.chooser("~tuple:" + ordinal, numbers), members, codes);
    }

    /// The code of `member` for each tuple number of a block, or null when it stands for itself.
    int @Nullable [] codes(StagedColumn member, int block) {
        int[][] codes = codesByBlock[block];
        return codes == null ? null : codes[members.indexOf(member)];
    }

    /// Numbers the tuples of a block and gives the codes of each member by number; null when they
    /// are too many.
    private static int @Nullable [][] split(
            int[][] blockCodes, int count, long[] keys, int[] numbers) {
        int bits = pack(blockCodes, count, keys);
        if (bits > 63) {
            return null;
        }
        int[] firstRows =
                bits <= TABLE_BITS
                        ? numberByTable(keys, count, bits, numbers)
                        : number(keys, count, numbers);
        if (firstRows.length == 0) {
            return null;
        }
        int[][] byNumber = new int[blockCodes.length][firstRows.length];
        for (int m = 0; m < byNumber.length; m++) {
            for (int number = 0; number < firstRows.length; number++) {
                byNumber[m][number] = blockCodes[m][firstRows[number]];
            }
        }
        return byNumber;
    }

    private static boolean pays(
            int @Nullable [][] byNumber, int[] numbers, int[][] blockCodes, BlockEncoder encoder) {
        if (byNumber == null) {
            return false;
        }
        long together = encoder.choose(numbers, numbers.length).sizeBytes();
        long separate = 0;
        for (int m = 0; m < byNumber.length; m++) {
            separate += encoder.choose(blockCodes[m], numbers.length).sizeBytes();
            int width = StagedColumn.width(byNumber[m], byNumber[m].length);
            together += DeterminedEncoding.encodedSizeBytes(byNumber[m].length, width);
        }
        return together < separate;
    }

    /// Puts the codes of each row side by side in one number; gives how many bits they take, and
    /// has done nothing when those are more than 63.
    private static int pack(int[][] codes, int count, long[] keys) {
        int bits = 0;
        for (int[] column : codes) {
            bits += StagedColumn.width(column, count);
        }
        if (bits > 63) {
            return bits;
        }
        Arrays.fill(keys, 0, count, 0);
        for (int[] column : codes) {
            int width = StagedColumn.width(column, count);
            for (int row = 0; row < count && width > 0; row++) {
                keys[row] = keys[row] << width | column[row];
            }
        }
        return bits;
    }

    private static int[] numberByTable(long[] keys, int count, int bits, int[] numbers) {
        int[] numberOf = new int[1 << bits];
        int[] firstRows = new int[TUPLES_MAX];
        int known = 0;
        for (int row = 0; row < count; row++) {
            int number = numberOf[(int) keys[row]];
            if (number == 0) {
                if (known == TUPLES_MAX) {
                    return new int[0];
                }
                firstRows[known++] = row;
                numberOf[(int) keys[row]] = known;
                number = known;
            }
            numbers[row] = number - 1;
        }
        return Arrays.copyOf(firstRows, known);
    }

    /// Numbers the distinct keys in order of arrival; gives the first row of each, or nothing when
    /// they are too many.
    private static int[] number(long[] keys, int count, int[] numbers) {
        int[] firstRows = new int[TUPLES_MAX];
        int[] slots = new int[4 * TUPLES_MAX];
        int known = 0;
        for (int row = 0; row < count; row++) {
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
            numbers[row] = slots[slot] - 1;
        }
        return Arrays.copyOf(firstRows, known);
    }
}
