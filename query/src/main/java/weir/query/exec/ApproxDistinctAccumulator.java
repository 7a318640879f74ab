// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;
import weir.engine.vector.Dictionary;
import weir.engine.vector.Vector;
import weir.query.fault.QueryException;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// approx_distinct(x) and approx_distinct(x, e), by a [DistinctSketch] for each group.
final class ApproxDistinctAccumulator extends StateAccumulator<DistinctSketch> {
    /// The standard error that is kept where none is asked for, as in Trino.
    private static final double ERROR = 0.023;

    private static final double ERROR_MIN = 0.0040625;
    private static final double ERROR_MAX = 0.26;

    private final SqlType argumentType;
    private double error = ERROR;

    /// The hashes of the codes of the dictionary that was last met; 0 is not computed yet.
    private long[] codeHashes = new long[0];

    private @Nullable Dictionary dictionary;

    ApproxDistinctAccumulator(SqlType argumentType, QueryContext context) {
        super(BasicType.BIGINT, context);
        this.argumentType = argumentType;
    }

    @Override
    void add(AggregateInput input, Vector[] arguments) {
        if (arguments.length > 1 && input.rowCount() > 0) {
            Object asked = VectorValues.get(arguments[1], BasicType.DOUBLE, 0);
            if (!(asked instanceof Double wanted)
                    || !(wanted >= ERROR_MIN && wanted <= ERROR_MAX)) {
                throw new QueryException(
                        QueryException.Code.INVALID_VALUE,
                        "Max standard error must be in ["
                                + ERROR_MIN
                                + ", "
                                + ERROR_MAX
                                + "]: "
                                + asked);
            }
            error = wanted;
        }
        super.add(input, arguments);
    }

    @Override
    DistinctSketch create() {
        hold(128);
        return new DistinctSketch(DistinctSketch.indexBits(error));
    }

    @Override
    boolean counts(Vector[] arguments, int row) {
        return !VectorValues.isNull(arguments[0], argumentType, row);
    }

    @Override
    void add(DistinctSketch state, Vector[] arguments, int row) {
        long before = state.sizeBytes();
        state.add(hash(arguments[0], row));
        hold(state.sizeBytes() - before);
    }

    @SuppressWarnings("ReferenceEquality") // two dictionaries are never one
    private long hash(Vector vector, int row) {
        if (vector instanceof Vector.Longs longs) {
            return mixed(longs.values()[row]);
        }
        if (!(vector instanceof Vector.Codes codes)) {
            return hashOf(VectorValues.get(vector, argumentType, row));
        }
        if (dictionary != codes.dictionary()) {
            dictionary = codes.dictionary();
            codeHashes = new long[0];
        }
        int code = codes.codes()[row];
        if (code >= codeHashes.length) {
            codeHashes = Arrays.copyOf(codeHashes, Math.max(code + 1, 2 * codeHashes.length));
        }
        if (codeHashes[code] == 0) {
            codeHashes[code] = hashOf(VectorValues.get(vector, argumentType, row));
        }
        return codeHashes[code];
    }

    private static long hashOf(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case Long number -> mixed(number);
            case Double number -> mixed(Double.doubleToLongBits(number == 0 ? 0.0 : number));
            case IpAddress address -> mixed(mixed(address.high()) ^ address.low());
            case BigDecimal number -> hashOfText(number.toString());
            default -> hashOfText(value.toString());
        };
    }

    /// FNV-1a of Fowler, Noll and Vo, by characters.
    private static long hashOfText(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return mixed(hash);
    }

    /// Every bit of the input reaches every bit of the output (the finisher of MurmurHash3).
    private static long mixed(long value) {
        long hash = (value ^ (value >>> 33)) * 0xFF51AFD7ED558CCDL;
        hash = (hash ^ (hash >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return hash ^ (hash >>> 33);
    }

    @Override
    void merge(DistinctSketch to, DistinctSketch from) {
        long before = to.sizeBytes();
        to.merge(from);
        hold(to.sizeBytes() - before);
    }

    @Override
    Object resultOf(DistinctSketch state) {
        return state.estimate();
    }

    @Override
    @Nullable Object result(int group) {
        Object known = super.result(group);
        return known == null ? (Object) 0L : known;
    }
}
