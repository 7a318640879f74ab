// SPDX-License-Identifier: Apache-2.0
package weir.query.arrow;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampMilliTZVector;
import org.apache.arrow.vector.TimeStampMilliVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;
import weir.query.type.Binary;
import weir.query.value.Values;

/// Writes single values into Arrow vectors, in order of rows.
final class ArrowValues {
    private ArrowValues() {}

    /// Gives row `row` of `target` its value; null is NULL.
    static void set(FieldVector target, int row, @Nullable Object value) {
        if (target instanceof NullVector) {
            return;
        }
        if (value == null) {
            target.setNull(row);
            return;
        }
        switch (target) {
            case BitVector bits -> bits.setSafe(row, number(value) != 0 ? 1 : 0);
            case TinyIntVector numbers -> numbers.setSafe(row, (int) number(value));
            case SmallIntVector numbers -> numbers.setSafe(row, (int) number(value));
            case IntVector numbers -> numbers.setSafe(row, (int) number(value));
            case BigIntVector numbers -> numbers.setSafe(row, number(value));
            case Float4Vector reals -> reals.setSafe(row, ((Double) value).floatValue());
            case Float8Vector doubles -> doubles.setSafe(row, (Double) value);
            case DateDayVector days -> days.setSafe(row, (int) number(value));
            case TimeStampMilliVector times -> times.setSafe(row, number(value));
            case TimeStampMilliTZVector times -> times.setSafe(row, number(value));
            case DurationVector lengths -> lengths.setSafe(row, number(value));
            case IntervalYearVector lengths -> lengths.setSafe(row, Math.toIntExact(number(value)));
            case DecimalVector decimals -> decimals.setSafe(row, (BigDecimal) value);
            case VarCharVector texts ->
                    texts.setSafe(row, value.toString().getBytes(StandardCharsets.UTF_8));
            case VarBinaryVector binaries -> binaries.setSafe(row, ((Binary) value).bytes());
            case MapVector map -> setMap(map, row, Values.asMap(value));
            case ListVector list -> setList(list, row, Values.asList(value));
            case StructVector struct -> setRow(struct, row, Values.asList(value));
            default ->
                    throw new IllegalStateException("no rows for " + target.getClass().getName());
        }
    }

    private static long number(Object value) {
        return (Long) value;
    }

    private static void setList(ListVector target, int row, List<@Nullable Object> elements) {
        int at = target.startNewValue(row);
        for (Object element : elements) {
            set(target.getDataVector(), at++, element);
        }
        target.endValue(row, elements.size());
    }

    private static void setMap(MapVector target, int row, Map<Object, @Nullable Object> entries) {
        StructVector data = (StructVector) target.getDataVector();
        FieldVector keys = data.getChildByOrdinal(0) instanceof FieldVector key ? key : data;
        FieldVector values = data.getChildByOrdinal(1) instanceof FieldVector value ? value : data;
        int at = target.startNewValue(row);
        for (Map.Entry<Object, @Nullable Object> entry : entries.entrySet()) {
            data.setIndexDefined(at);
            set(keys, at, entry.getKey());
            set(values, at++, entry.getValue());
        }
        target.endValue(row, entries.size());
    }

    private static void setRow(StructVector target, int row, List<@Nullable Object> values) {
        target.setIndexDefined(row);
        int at = 0;
        for (FieldVector child : target.getChildrenFromFields()) {
            set(child, row, values.get(at++));
        }
    }
}
