// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.catalog.Table;
import weir.query.expr.AggregateCall;
import weir.query.expr.Expr;
import weir.query.expr.WindowCall;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// A relational operator over its inputs. Expressions name columns of the operator's input by
/// index.
public sealed interface LogicalPlan {

    /// The columns of the rows it gives.
    List<Field> output();

    /// A column of a plan's rows.
    ///
    /// @param name what a result calls it
    /// @param type its type
    record Field(String name, SqlType type) {}

    /// The rows of a table for which `filter` is true.
    ///
    /// @param table the table
    /// @param ordinals the stored columns that are read, in the order of `output`
    /// @param filter over `output`; null when every row passes. What of it the engine can prove
    ///   prunes segments, blocks and rows
    record Scan(Table table, List<Integer> ordinals, List<Field> output, @Nullable Expr filter)
            implements LogicalPlan {}

    /// Constant rows.
    ///
    /// @param rows each one constant expression for each field; `SELECT 1` is one row of no field
    record Values(List<Field> output, List<List<Expr>> rows) implements LogicalPlan {}

    /// The rows for which `condition` is true.
    record Filter(LogicalPlan input, Expr condition) implements LogicalPlan {
        @Override
        public List<Field> output() {
            return input.output();
        }
    }

    /// One expression for each field.
    record Project(LogicalPlan input, List<Expr> expressions, List<Field> output)
            implements LogicalPlan {}

    /// Groups by `keys`; `output` is the keys, then the calls. Without keys there is exactly one
    /// group. NULL is a key value like another. Groups come in the order of their first row.
    record Aggregate(
            LogicalPlan input, List<Expr> keys, List<AggregateCall> calls, List<Field> output)
            implements LogicalPlan {}

    /// Groups by several sets of keys at once: `output` is the keys, NULL where a set lacks them,
    /// then the calls, then the number of the set, from 0. The groups of one set come behind those
    /// of the other, each in the order of their first row. A set without keys has exactly one
    /// group.
    ///
    /// @param keys every key of some set
    /// @param sets the keys of each set, ascending
    record GroupingSets(
            LogicalPlan input,
            List<Expr> keys,
            List<List<Integer>> sets,
            List<AggregateCall> calls,
            List<Field> output)
            implements LogicalPlan {

        /// The grouping by set `set` alone.
        public Aggregate aggregate(int set) {
            List<Field> fields = new ArrayList<>();
            sets.get(set).forEach(key -> fields.add(output.get(key)));
            fields.addAll(output.subList(keys.size(), keys.size() + calls.size()));
            return new Aggregate(
                    input, sets.get(set).stream().map(keys::get).toList(), calls, fields);
        }
    }

    /// Functions over partitions of the rows: `output` is the columns of the input, then one for
    /// each call. Partitions come in the order of their first row, each in the order of `order`;
    /// rows that compare equal keep theirs.
    ///
    /// @param partition the columns of the input whose values make a partition; NULL is a value
    ///   like another
    /// @param order of the rows in a partition
    /// @param top which rows are asked for; null for all
    record Window(
            LogicalPlan input,
            List<Integer> partition,
            List<SortKey> order,
            List<WindowCall> calls,
            @Nullable Top top,
            List<Field> output)
            implements LogicalPlan {

        /// All rows.
        public Window(
                LogicalPlan input,
                List<Integer> partition,
                List<SortKey> order,
                List<WindowCall> calls,
                List<Field> output) {
            this(input, partition, order, calls, null, output);
        }

        /// The first rows of each partition, in its order. Others may be left out as long as the
        /// calls give the same for these and partitions come as they do with all; what is left may
        /// have other results, which are greater than `rowCount`.
        ///
        /// @param rowCount how many of each partition
        /// @param hasPeers whether those are asked for too that compare equal to the last of them
        public record Top(long rowCount, boolean hasPeers) {}
    }

    /// The rows in order; rows that compare equal keep theirs.
    record Sort(LogicalPlan input, List<SortKey> keys) implements LogicalPlan {
        @Override
        public List<Field> output() {
            return input.output();
        }
    }

    /// One column to order by.
    ///
    /// @param column of the input
    /// @param isDescending greatest first
    /// @param isNullsFirst NULL before every value, whatever the direction
    record SortKey(int column, boolean isDescending, boolean isNullsFirst) {}

    /// Rows `offset` to `offset + count` of the input; `count` -1 is all that follow.
    record Limit(LogicalPlan input, long offset, long count) implements LogicalPlan {
        @Override
        public List<Field> output() {
            return input.output();
        }
    }

    /// A [Sort] and a [Limit] in one: only `offset + count` rows are ever kept.
    record TopN(LogicalPlan input, List<SortKey> keys, long offset, long count)
            implements LogicalPlan {
        @Override
        public List<Field> output() {
            return input.output();
        }
    }

    /// Rows of two inputs side by side: the left columns, then the right ones or the mark, as the
    /// type has them. Without keys and residual every two rows match.
    ///
    /// @param residual over the left columns and the right ones behind them, whatever the type
    ///   shows; null when the keys decide alone
    record Join(
            JoinType type,
            LogicalPlan left,
            LogicalPlan right,
            List<JoinKey> keys,
            @Nullable Expr residual)
            implements LogicalPlan {
        @Override
        public List<Field> output() {
            List<Field> fields = new ArrayList<>(left.output());
            if (type.hasRight()) {
                fields.addAll(right.output());
            } else if (type.hasMark()) {
                fields.add(new Field("_mark", BasicType.BOOLEAN));
            }
            return List.copyOf(fields);
        }

        /// The columns that the residual is over.
        public List<Field> pairOutput() {
            List<Field> fields = new ArrayList<>(left.output());
            fields.addAll(right.output());
            return List.copyOf(fields);
        }
    }

    /// The rows of all inputs, one behind the other. Their columns have the types of `output`.
    record Union(List<LogicalPlan> inputs, List<Field> output) implements LogicalPlan {}

    /// Each row as many times as `count`, a BIGINT over it, says: not at all where that is less
    /// than 1 or NULL.
    record Repeat(LogicalPlan input, Expr count) implements LogicalPlan {
        @Override
        public List<Field> output() {
            return input.output();
        }
    }

    /// Each row once for each place of its arrays and maps, side by side: NULL stands where one is
    /// shorter than the longest. `output` is the columns of the input, then what the collections
    /// hold - a column of an array, one for each field of an array of rows, key and value of a map
    /// - and last the place, counted from 1, where `hasOrdinality`.
    ///
    /// @param collections arrays and maps over the input
    /// @param isOuter whether a row without any place comes once, with NULL
    record Unnest(
            LogicalPlan input,
            List<Expr> collections,
            boolean hasOrdinality,
            boolean isOuter,
            List<Field> output)
            implements LogicalPlan {
        /// The same over other rows and collections.
        public Unnest over(LogicalPlan newInput, List<Expr> newCollections) {
            List<Field> fields = new ArrayList<>(newInput.output());
            fields.addAll(output.subList(input.output().size(), output.size()));
            return new Unnest(
                    newInput, newCollections, hasOrdinality, isOuter, List.copyOf(fields));
        }
    }

    /// The one row of the input, or one of nothing but NULL where there is none; a second one is a
    /// failure.
    record SingleRow(LogicalPlan input) implements LogicalPlan {
        @Override
        public List<Field> output() {
            return input.output();
        }
    }
}
