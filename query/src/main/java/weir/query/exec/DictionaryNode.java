// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import org.jspecify.annotations.Nullable;
import weir.engine.vector.Dictionary;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.value.Allowance;
import weir.query.value.ValueSize;

/// An expression over one dictionary column, computed once for each value that some row has and
/// looked up by code from then on. A value that no row has is never computed, so it cannot fail.
final class DictionaryNode extends ExprNode {
    /// Dictionaries up to this size always get a table.
    private static final int SMALL_DICTIONARY = 1 << 12;

    /// A larger one gets a table once a row was served for every so many of its values.
    private static final int VALUES_PER_ROW = 32;

    /// Results up to this size are not counted: the dictionary bounds them.
    private static final int SMALL_VALUE_BYTES = 128;

    private final int column;
    private final ExprNode inner;
    private @Nullable Table table;
    private @Nullable Dictionary counted;
    private long rowsServed;

    /// @param inner the expression over a batch of that one column
    DictionaryNode(int column, ExprNode inner) {
        super(inner.type());
        this.column = column;
        this.inner = inner;
    }

    @Override
    boolean canFail() {
        return inner.canFail();
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        Vector vector = batch.column(column);
        int rowCount = batch.rowCount();
        if (!(vector instanceof Vector.Codes codes)
                || !isWorthTable(codes.dictionary(), rowCount)) {
            return inner.evaluate(new VectorBatch(rowCount, new Vector[] {vector}));
        }
        Table known = table;
        if (known == null || !known.dictionary.equals(codes.dictionary())) {
            if (known != null) {
                Allowance.current().keep(-known.keptBytes);
            }
            known = new Table(codes.dictionary());
            table = known;
        }
        known.fill(codes.codes(), rowCount);
        return known.gather(codes.codes(), rowCount);
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

    /// The results for one dictionary.
    private final class Table {
        private final Dictionary dictionary;
        private final boolean[] isKnown;
        private final boolean[] isNull;
        private final long[] longs;
        private final double[] doubles;
        private final @Nullable Object[] objects;
        private final @Nullable MappedDictionary texts;
        private boolean hasNull;
        private long keptBytes;

        Table(Dictionary dictionary) {
            int size = dictionary.size();
            boolean isText = type() == BasicType.VARCHAR;
            boolean isLongs = VectorBuilder.standsAsLongs(type());
            boolean isDouble = type().form() == SqlType.Form.DOUBLES;
            this.dictionary = dictionary;
            this.isKnown = new boolean[size];
            this.isNull = new boolean[size];
            this.longs = new long[isLongs ? size : 0];
            this.doubles = new double[isDouble ? size : 0];
            this.objects = new @Nullable Object[isText || isLongs || isDouble ? 0 : size];
            this.texts = isText ? new MappedDictionary(size) : null;
        }

        /// Computes the codes among these that are not known yet.
        void fill(int[] codes, int rowCount) {
            int[] fresh = new int[rowCount];
            int count = 0;
            for (int i = 0; i < rowCount; i++) {
                int code = codes[i];
                if (!isKnown[code]) {
                    isKnown[code] = true;
                    fresh[count++] = code;
                }
            }
            if (count == 0) {
                return;
            }
            Vector values;
            try {
                values =
                        inner.evaluate(
                                new VectorBatch(
                                        count, new Vector[] {new Vector.Codes(fresh, dictionary)}));
            } catch (RuntimeException e) {
                for (int i = 0; i < count; i++) {
                    isKnown[fresh[i]] = false;
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
            isNull[code] = value == null;
            hasNull |= value == null;
            if (texts != null) {
                texts.put(code, (String) value);
            } else if (value == null) {
                return;
            } else if (longs.length > 0) {
                longs[code] = (Long) value;
            } else if (doubles.length > 0) {
                doubles[code] = (Double) value;
            } else {
                objects[code] = value;
            }
        }

        Vector gather(int[] codes, int rowCount) {
            if (texts != null) {
                return new Vector.Codes(codes, texts);
            }
            if (longs.length > 0) {
                long[] values = new long[rowCount];
                for (int i = 0; i < rowCount; i++) {
                    values[i] = longs[codes[i]];
                }
                return new Vector.Longs(values, nulls(codes, rowCount));
            }
            if (doubles.length > 0) {
                double[] values = new double[rowCount];
                for (int i = 0; i < rowCount; i++) {
                    values[i] = doubles[codes[i]];
                }
                return new Vector.Doubles(values, nulls(codes, rowCount));
            }
            @Nullable Object[] values = new @Nullable Object[rowCount];
            for (int i = 0; i < rowCount; i++) {
                values[i] = objects[codes[i]];
            }
            return new Vector.Objects(values);
        }

        private boolean @Nullable [] nulls(int[] codes, int rowCount) {
            if (!hasNull) {
                return null;
            }
            boolean[] nulls = new boolean[rowCount];
            for (int i = 0; i < rowCount; i++) {
                nulls[i] = isNull[codes[i]];
            }
            return nulls;
        }
    }
}
