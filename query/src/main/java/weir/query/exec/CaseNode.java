// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import weir.engine.vector.Dictionary;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.SqlType;

/// CASE: each condition is asked for the rows that none before it took, and each result only for
/// the rows that its condition took.
final class CaseNode extends ExprNode {
    private final List<ExprNode> conditions;
    private final List<ExprNode> results;
    private final ExprNode otherwise;

    CaseNode(List<ExprNode> conditions, List<ExprNode> results, ExprNode otherwise, SqlType type) {
        super(type);
        this.conditions = List.copyOf(conditions);
        this.results = List.copyOf(results);
        this.otherwise = otherwise;
    }

    @Override
    boolean canFail() {
        return otherwise.canFail()
                || conditions.stream().anyMatch(ExprNode::canFail)
                || results.stream().anyMatch(ExprNode::canFail);
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        List<Branch> branches = new ArrayList<>();
        VectorBatch open = batch;
        int[] openRows = identity(batch.rowCount());
        for (int i = 0; i < conditions.size() && open.rowCount() > 0; i++) {
            Vector.Longs condition = (Vector.Longs) conditions.get(i).evaluate(open);
            int[] taken = new int[open.rowCount()];
            int[] left = new int[open.rowCount()];
            int takenCount = 0;
            int leftCount = 0;
            for (int row = 0; row < open.rowCount(); row++) {
                if (!condition.isNull(row) && condition.values()[row] != 0) {
                    taken[takenCount++] = row;
                } else {
                    left[leftCount++] = row;
                }
            }
            if (takenCount == 0) {
                continue;
            }
            branches.add(branch(results.get(i), open, openRows, taken, takenCount));
            open = Selection.gather(open, left, leftCount);
            openRows = map(openRows, left, leftCount);
        }
        if (open.rowCount() > 0) {
            int count = open.rowCount();
            branches.add(branch(otherwise, open, openRows, identity(count), count));
        }
        return merged(branches, batch.rowCount());
    }

    /// The results of one branch, and the rows they are for.
    private record Branch(Vector results, int[] rows, int count) {}

    private static Branch branch(
            ExprNode node, VectorBatch open, int[] openRows, int[] taken, int count) {
        VectorBatch rows = count == open.rowCount() ? open : Selection.gather(open, taken, count);
        return new Branch(node.evaluate(rows), map(openRows, taken, count), count);
    }

    /// Codes of one dictionary stay codes.
    private Vector merged(List<Branch> branches, int rowCount) {
        if (branches.size() == 1) {
            return branches.getFirst().results();
        }
        Dictionary dictionary = null;
        for (Branch branch : branches) {
            if (!(branch.results() instanceof Vector.Codes codes)
                    || (dictionary != null && !dictionary.equals(codes.dictionary()))) {
                dictionary = null;
                break;
            }
            dictionary = codes.dictionary();
        }
        if (dictionary == null) {
            VectorBuilder result = new VectorBuilder(type(), rowCount);
            branches.forEach(b -> result.scatter(b.results(), b.rows(), b.count()));
            return result.build();
        }
        int[] merged = new int[rowCount];
        for (Branch branch : branches) {
            int[] codes = ((Vector.Codes) branch.results()).codes();
            for (int i = 0; i < branch.count(); i++) {
                merged[branch.rows()[i]] = codes[i];
            }
        }
        return new Vector.Codes(merged, dictionary);
    }

    private static int[] identity(int count) {
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = i;
        }
        return rows;
    }

    private static int[] map(int[] rows, int[] picked, int count) {
        int[] mapped = new int[count];
        for (int i = 0; i < count; i++) {
            mapped[i] = rows[picked[i]];
        }
        return mapped;
    }
}
