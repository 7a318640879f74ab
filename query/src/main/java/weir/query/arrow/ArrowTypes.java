// SPDX-License-Identifier: Apache-2.0
package weir.query.arrow;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.complex.BaseRepeatedValueVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// The Arrow type of each SQL type.
///
/// ARRAY is a List, MAP a Map, ROW a Struct; lengths of time are Duration in milliseconds and
/// Interval in months, which keep the whole range. What Arrow has no type for is Utf8.
final class ArrowTypes {
    private ArrowTypes() {}

    /// A field of values of `type` that may be null.
    static Field field(String name, SqlType type) {
        return new Field(name, FieldType.nullable(arrowType(type)), children(type));
    }

    private static ArrowType arrowType(SqlType type) {
        return switch (type) {
            case BasicType basic -> basic(basic);
            case SqlType.Decimal decimal ->
                    new ArrowType.Decimal(decimal.precision(), decimal.scale(), 128);
            case SqlType.Timestamp timestamp ->
                    new ArrowType.Timestamp(TimeUnit.MILLISECOND, timestamp.zone());
            case SqlType.Char _ -> ArrowType.Utf8.INSTANCE;
            case SqlType.Array _ -> ArrowType.List.INSTANCE;
            case SqlType.MapOf _ -> new ArrowType.Map(false);
            case SqlType.Row _ -> ArrowType.Struct.INSTANCE;
        };
    }

    private static ArrowType basic(BasicType type) {
        return switch (type) {
            case BOOLEAN -> ArrowType.Bool.INSTANCE;
            case TINYINT, SMALLINT, INTEGER, BIGINT -> new ArrowType.Int(type.bits(), true);
            case REAL -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case VARCHAR, IPADDRESS, IPPREFIX -> ArrowType.Utf8.INSTANCE;
            case VARBINARY -> ArrowType.Binary.INSTANCE;
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MILLISECOND, null);
            case TIMESTAMP_TZ -> new ArrowType.Timestamp(TimeUnit.MILLISECOND, "UTC");
            case INTERVAL_DAY_SECOND -> new ArrowType.Duration(TimeUnit.MILLISECOND);
            case INTERVAL_YEAR_MONTH -> new ArrowType.Interval(IntervalUnit.YEAR_MONTH);
            case UNKNOWN -> ArrowType.Null.INSTANCE;
        };
    }

    private static List<Field> children(SqlType type) {
        return switch (type) {
            case SqlType.Array array ->
                    List.of(field(BaseRepeatedValueVector.DATA_VECTOR_NAME, array.element()));
            case SqlType.MapOf map -> List.of(entries(map));
            case SqlType.Row row -> fields(row);
            case BasicType _, SqlType.Decimal _, SqlType.Timestamp _, SqlType.Char _ -> List.of();
        };
    }

    private static Field entries(SqlType.MapOf map) {
        Field key =
                new Field(
                        MapVector.KEY_NAME,
                        FieldType.notNullable(arrowType(map.key())),
                        children(map.key()));
        return new Field(
                MapVector.DATA_VECTOR_NAME,
                FieldType.notNullable(ArrowType.Struct.INSTANCE),
                List.of(key, field(MapVector.VALUE_NAME, map.value())));
    }

    private static List<Field> fields(SqlType.Row row) {
        List<Field> fields = new ArrayList<>();
        for (SqlType.Row.Field field : row.fields()) {
            String name = field.name();
            fields.add(field(name == null ? "field" + fields.size() : name, field.type()));
        }
        return fields;
    }
}
