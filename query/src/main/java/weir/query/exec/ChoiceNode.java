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
        Arrays.fill(choice, (byte) conditions.size());
        // From the last to the first, so that the first true one has the last word.
        for (int i = conditions.size() - 1; i >= 0; i--) {
            Vector.Longs flags = (Vector.Longs) conditions.get(i).evaluate(batch);
            choose((byte) i, flags, choice, rowCount);
        }
        return labelCodes == null ? merged(batch, choice) : labelled(labelCodes, choice);
    }

    private static void choose(byte result, Vector.Longs flags, byte[] choice, int rowCount) {
        long[] values = flags.values();
        boolean[] nulls = flags.nulls();
        for (int row = 0; row < rowCount; row++) {
            boolean isTrue = values[row] != 0 && (nulls == null || !nulls[row]);
            choice[row] = isTrue ? result : choice[row];
        }
    }

    private Vector labelled(int[] codes, byte[] choice) {
        int[] chosen = new int[choice.length];
        for (int row = 0; row < choice.length; row++) {
            chosen[row] = codes[choice[row]];
        }
        return new Vector.Codes(chosen, labels);
    }

    private Vector merged(VectorBatch batch, byte[] choice) {
        List<Vector> values = new ArrayList<>();
        results.forEach(result -> values.add(result.evaluate(batch)));
        if (values.stream().allMatch(Vector.Longs.class::isInstance)) {
            return mergedLongs(values, choice);
        }
        Dictionary dictionary = common(values);
        if (dictionary != null) {
            int[] codes = new int[choice.length];
            for (int row = 0; row < choice.length; row++) {
                codes[row] = ((Vector.Codes) values.get(choice[row])).codes()[row];
            }
            return new Vector.Codes(codes, dictionary);
        }
        VectorBuilder builder = new VectorBuilder(type(), choice.length);
        for (int row = 0; row < choice.length; row++) {
            builder.set(row, VectorValues.get(values.get(choice[row]), type(), row));
        }
        return builder.build();
    }

    private static Vector mergedLongs(List<Vector> values, byte[] choice) {
        long[] longs = new long[choice.length];
        boolean[] nulls = new boolean[choice.length];
        boolean hasNulls = false;
        for (int row = 0; row < choice.length; row++) {
            Vector.Longs from = (Vector.Longs) values.get(choice[row]);
            longs[row] = from.values()[row];
            nulls[row] = from.isNull(row);
            hasNulls |= nulls[row];
        }
        return new Vector.Longs(longs, hasNulls ? nulls : null);
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
