// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Dictionary;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.value.Allowance;
import weir.query.value.ValueSize;

/// An expression over one text, mostly a column, computed once for each value of its dictionary
/// that some row has and looked up by code from then on. A value that no row has is never computed,
/// so it cannot fail.
///
/// Nodes that compute the same of several texts use one table where those share their dictionary,
/// as columns of addresses do.
final class DictionaryNode extends ExprNode {
    /// Dictionaries up to this size always get a table.
    private static final int SMALL_DICTIONARY = 1 << 12;

    /// A larger one gets a table once a row was served for every so many of its values.
    private static final int VALUES_PER_ROW = 32;

    /// Results up to this size are not counted: the dictionary bounds them.
    private static final int SMALL_VALUE_BYTES = 128;

    private final ExprNode operand;
    private final ExprNode inner;

    /// The nodes that compute the same of some text, this one among them.
    private final List<DictionaryNode> alike;

    private @Nullable Table table;
    private @Nullable Dictionary counted;
    private long rowsServed;

    private DictionaryNode(ExprNode operand, ExprNode inner, List<DictionaryNode> alike) {
        super(inner.type());
        this.operand = operand;
        this.inner = inner;
        this.alike = alike;
    }

    /// A node that computes something of `operand`.
    ///
    /// @param alike nodes that compute the same of others, to which it is added
    /// @param inner makes the expression over a batch of that one column
    static DictionaryNode among(
            List<DictionaryNode> alike, ExprNode operand, Supplier<ExprNode> inner) {
        ExprNode computed = alike.isEmpty() ? inner.get() : alike.getFirst().inner;
        DictionaryNode node = new DictionaryNode(operand, computed, alike);
        alike.add(node);
        return node;
    }

    @Override
    boolean canFail() {
        return operand.canFail() || inner.canFail();
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        Vector vector = operand.evaluate(batch);
        int rowCount = batch.rowCount();
        if (!(vector instanceof Vector.Codes codes)
                || !isWorthTable(codes.dictionary(), rowCount)) {
            return inner.evaluate(new VectorBatch(rowCount, new Vector[] {vector}));
        }
        return table(codes.dictionary()).of(codes.codes(), rowCount);
    }

    private boolean isWorthTable(Dictionary dictionary, int rowCount) {
        if (inner instanceof AddressCastNode && dictionary.isAddresses()) {
            return false;
        }
        if (!dictionary.equals(counted)) {
            counted = dictionary;
            rowsServed = 0;
        }
        rowsServed += rowCount;
        return dictionary.size() <= SMALL_DICTIONARY
                || rowsServed * VALUES_PER_ROW >= dictionary.size();
    }

    private Table table(Dictionary dictionary) {
        Table known = table;
        if (known != null && known.dictionary.equals(dictionary)) {
            return known;
        }
        table = null;
        if (known != null && !isUsed(known)) {
            Allowance.current().keep(-known.keptBytes);
        }
        Table next = null;
        for (DictionaryNode node : alike) {
            if (node.table != null && node.table.dictionary.equals(dictionary)) {
                next = node.table;
            }
        }
        if (next == null) {
            next = new Table(dictionary);
        }
        table = next;
        return next;
    }

    @SuppressWarnings("ReferenceEquality") // tables have no other identity
    private boolean isUsed(Table known) {
        return alike.stream().anyMatch(node -> node.table == known);
    }

    /// The results for one dictionary.
    private final class Table {
        private static final byte UNKNOWN = 0;
        private static final byte NULL = 1;
        private static final byte FALSE = 2;

        /// Of any type but BOOLEAN: there is a value.
        private static final byte TRUE = 3;

        private final Dictionary dictionary;
        private final byte[] states;
        private final long[] longs;
        private final double[] doubles;
        private final @Nullable Object[] objects;
        private final @Nullable MappedDictionary texts;
        private boolean hasNull;
        private long keptBytes;

        Table(Dictionary dictionary) {
            int size = dictionary.size();
            boolean isText = type() == BasicType.VARCHAR;
            boolean isFlags = type() == BasicType.BOOLEAN;
            boolean isLongs = VectorBuilder.standsAsLongs(type());
            boolean isDouble = type().form() == SqlType.Form.DOUBLES;
            this.dictionary = dictionary;
            this.states = new byte[size];
            this.longs = new long[isLongs && !isFlags ? size : 0];
            this.doubles = new double[isDouble ? size : 0];
            this.objects = new @Nullable Object[isText || isLongs || isDouble ? 0 : size];
            this.texts = isText ? new MappedDictionary(size) : null;
        }

        Vector of(int[] codes, int rowCount) {
            fill(codes, rowCount);
            if (texts != null) {
                return new Vector.Codes(codes, texts);
            }
            return switch (type().form()) {
                case LONGS ->
                        new Vector.Longs(
                                longs.length == 0 ? flags(codes, rowCount) : longs(codes, rowCount),
                                nulls(codes, rowCount));
                case DOUBLES ->
                        new Vector.Doubles(doubles(codes, rowCount), nulls(codes, rowCount));
                case OBJECTS -> new Vector.Objects(objects(codes, rowCount));
            };
        }

        /// Computes the codes among these that are not known yet.
        private void fill(int[] codes, int rowCount) {
            boolean isComplete = true;
            for (int i = 0; i < rowCount; i++) {
                isComplete &= states[codes[i]] != UNKNOWN;
            }
            if (isComplete) {
                return;
            }
            int[] fresh = new int[rowCount];
            int count = 0;
            for (int i = 0; i < rowCount; i++) {
                int code = codes[i];
                if (states[code] == UNKNOWN) {
                    states[code] = NULL;
                    fresh[count++] = code;
                }
            }
            Vector values;
            try {
                values =
                        inner.evaluate(
                                new VectorBatch(
                                        count, new Vector[] {new Vector.Codes(fresh, dictionary)}));
            } catch (RuntimeException e) {
                for (int i = 0; i < count; i++) {
                    states[fresh[i]] = UNKNOWN;
                }
                throw e;
            }
            long bytes = 0;
            for (int i = 0; i < count; i++) {
                Object value = VectorValues.get(values, type(), i);
                put(fresh[i], value);
                bytes += Math.max(0, ValueSize.bytes(value) - SMALL_VALUE_BYTES);
            }
            if (bytes > 0) {
                keptBytes += bytes;
                Allowance.current().keep(bytes);
            }
            if (texts != null) {
                texts.grow(bytes + (long) SMALL_VALUE_BYTES * count);
            }
        }

        private void put(int code, @Nullable Object value) {
            if (texts != null) {
                texts.put(code, (String) value);
            }
            if (value == null) {
                hasNull = true;
                return;
            }
            states[code] = TRUE;
            if (type() == BasicType.BOOLEAN) {
                states[code] = (Long) value == 0 ? FALSE : TRUE;
            } else if (longs.length > 0) {
                longs[code] = (Long) value;
            } else if (doubles.length > 0) {
                doubles[code] = (Double) value;
            } else if (objects.length > 0) {
                objects[code] = value;
            }
        }

        private long[] flags(int[] codes, int rowCount) {
            long[] values = new long[rowCount];
            for (int i = 0; i < rowCount; i++) {
                values[i] = states[codes[i]] == TRUE ? 1 : 0;
            }
            return values;
        }

        private long[] longs(int[] codes, int rowCount) {
            long[] values = new long[rowCount];
            for (int i = 0; i < rowCount; i++) {
                values[i] = longs[codes[i]];
            }
            return values;
        }

        private double[] doubles(int[] codes, int rowCount) {
            double[] values = new double[rowCount];
            for (int i = 0; i < rowCount; i++) {
                values[i] = doubles[codes[i]];
            }
            return values;
        }

        private @Nullable Object[] objects(int[] codes, int rowCount) {
            @Nullable Object[] values = new @Nullable Object[rowCount];
            for (int i = 0; i < rowCount; i++) {
                values[i] = objects[codes[i]];
            }
            return values;
        }

        private boolean @Nullable [] nulls(int[] codes, int rowCount) {
            if (!hasNull) {
                return null;
            }
            boolean[] nulls = new boolean[rowCount];
            for (int i = 0; i < rowCount; i++) {
                nulls[i] = states[codes[i]] == NULL;
            }
            return nulls;
        }
    }
}
