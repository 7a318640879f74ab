// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Dictionary;
import weir.engine.vector.TextList;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// CASE of what cannot fail and costs little: conditions and results are computed for all rows, and
/// then each row takes the result of its first true condition. Results that are texts of the
/// statement become codes of one list.
final class ChoiceNode extends ExprNode {
    /// Most conditions: a row's choice is a byte.
    static final int CONDITIONS_MAX = 100;

    private final List<ExprNode> conditions;

    /// One for each condition, and the one of rows without a true one.
    private final List<ExprNode> results;

    /// By result: its code in [#labels]; null when some result is no text of the statement.
    private final int @Nullable [] labelCodes;

    private final TextList labels;

    /// @param results one more than there are conditions
    ChoiceNode(List<ExprNode> conditions, List<ExprNode> results, SqlType type) {
        super(type);
        this.conditions = List.copyOf(conditions);
        this.results = List.copyOf(results);
        Map<@Nullable String, Integer> codes = new LinkedHashMap<>();
        codes.put(null, 0);
        int[] byResult = new int[results.size()];
        boolean isLabelled = type == BasicType.VARCHAR;
        for (int i = 0; i < byResult.length && isLabelled; i++) {
            isLabelled = results.get(i) instanceof ConstantNode;
            if (results.get(i) instanceof ConstantNode constant) {
                int next = codes.size();
                String text = (String) constant.value();
                codes.putIfAbsent(text, next);
                byResult[i] = codes.getOrDefault(text, next);
            }
        }
        this.labelCodes = isLabelled ? byResult : null;
        this.labels = new TextList(codes.keySet().toArray(new @Nullable String[0]));
    }

    @Override
    boolean canFail() {
        return false;
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        int rowCount = batch.rowCount();
        byte[] choice = new byte[rowCount];
        byte none = (byte) conditions.size();
        Arrays.fill(choice, none);
        int[] counts = new int[conditions.size() + 1];
        int open = rowCount;
        // Rows that stand together are alike: often the first conditions take all of a batch.
        for (int i = 0; i < none && open > 0; i++) {
            Vector.Longs flags = (Vector.Longs) conditions.get(i).evaluate(batch);
            counts[i] = choose((byte) i, none, flags, choice);
            open -= counts[i];
        }
        counts[none] = open;
        return labelCodes == null ? merged(batch, choice, counts) : labelled(labelCodes, choice);
    }

    /// Has rows that took nothing yet take `result` where they may, and gives how many do. Bits and
    /// no branches, which would be guessed wrong.
    @SuppressWarnings("ShortCircuitBoolean")
    private static int choose(byte result, byte none, Vector.Longs flags, byte[] choice) {
        long[] values = flags.values();
        boolean[] nulls = flags.nulls();
        int count = 0;
        for (int row = 0; row < choice.length; row++) {
            boolean isNull = nulls != null && nulls[row];
            boolean isTaken = values[row] != 0 & !isNull & choice[row] == none;
            choice[row] = isTaken ? result : choice[row];
            count += isTaken ? 1 : 0;
        }
        return count;
    }

    private Vector labelled(int[] codes, byte[] choice) {
        int[] chosen = new int[choice.length];
        for (int row = 0; row < choice.length; row++) {
            chosen[row] = codes[choice[row]];
        }
        return new Vector.Codes(chosen, labels);
    }

    /// The results that some row takes, and which those are.
    private record Taken(List<Vector> values, int[] results) {}

    private Vector merged(VectorBatch batch, byte[] choice, int[] counts) {
        List<Vector> values = new ArrayList<>();
        int[] taken = new int[counts.length];
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                taken[values.size()] = i;
                values.add(results.get(i).evaluate(batch));
            }
        }
        return values.size() == 1 ? values.getFirst() : merged(new Taken(values, taken), choice);
    }

    private Vector merged(Taken taken, byte[] choice) {
        List<Vector> values = taken.values();
        if (values.stream().allMatch(Vector.Longs.class::isInstance)) {
            return mergedLongs(taken, choice);
        }
        Dictionary dictionary = common(values);
        if (dictionary != null) {
            int[] codes = new int[choice.length];
            for (int i = 0; i < values.size(); i++) {
                take(taken.results()[i], ((Vector.Codes) values.get(i)).codes(), choice, codes);
            }
            return new Vector.Codes(codes, dictionary);
        }
        Vector[] byResult = new Vector[results.size()];
        for (int i = 0; i < values.size(); i++) {
            byResult[taken.results()[i]] = values.get(i);
        }
        VectorBuilder builder = new VectorBuilder(type(), choice.length);
        for (int row = 0; row < choice.length; row++) {
            builder.set(row, VectorValues.get(byResult[choice[row]], type(), row));
        }
        return builder.build();
    }

    @SuppressWarnings("ShortCircuitBoolean")
    private static Vector mergedLongs(Taken taken, byte[] choice) {
        long[] longs = new long[choice.length];
        boolean[] nulls = null;
        for (int i = 0; i < taken.values().size(); i++) {
            Vector.Longs from = (Vector.Longs) taken.values().get(i);
            int result = taken.results()[i];
            take(result, from.values(), choice, longs);
            boolean[] more = from.nulls();
            if (more != null) {
                nulls = nulls == null ? new boolean[choice.length] : nulls;
                for (int row = 0; row < nulls.length; row++) {
                    nulls[row] |= choice[row] == result & more[row];
                }
            }
        }
        return new Vector.Longs(longs, nulls);
    }

    private static void take(int result, long[] from, byte[] choice, long[] into) {
        for (int row = 0; row < into.length; row++) {
            into[row] = choice[row] == result ? from[row] : into[row];
        }
    }

    private static void take(int result, int[] from, byte[] choice, int[] into) {
        for (int row = 0; row < into.length; row++) {
            into[row] = choice[row] == result ? from[row] : into[row];
        }
    }

    /// The one dictionary of all values, or null.
    private static @Nullable Dictionary common(List<Vector> values) {
        Dictionary dictionary = null;
        for (Vector value : values) {
            if (!(value instanceof Vector.Codes codes)
                    || (dictionary != null && !dictionary.equals(codes.dictionary()))) {
                return null;
            }
            dictionary = codes.dictionary();
        }
        return dictionary;
    }
}
