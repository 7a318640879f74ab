// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.DataType;
import io.trino.sql.tree.DataTypeParameter;
import io.trino.sql.tree.DateTimeDataType;
import io.trino.sql.tree.GenericDataType;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.IntervalDataType;
import io.trino.sql.tree.NumericParameter;
import io.trino.sql.tree.RowDataType;
import io.trino.sql.tree.TypeParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.type.Timestamps;

/// The types that SQL text names.
final class TypeBinder {
    /// Digits of `DECIMAL` without parameters, as in Trino.
    private static final int DECIMAL_PRECISION = 38;

    private TypeBinder() {}

    /// The type that `type` names.
    static SqlType bind(DataType type) {
        return switch (type) {
            case DateTimeDataType time -> bindTime(time);
            case IntervalDataType interval -> TemporalText.intervalType(interval);
            case RowDataType row -> bindRow(row);
            case GenericDataType generic -> bindGeneric(generic);
            default -> throw Problem.unsupported(type, "Type " + type);
        };
    }

    private static SqlType bindGeneric(GenericDataType type) {
        String name = type.getName().getValue().toUpperCase(Locale.ROOT);
        List<DataTypeParameter> parameters = type.getArguments();
        return switch (name) {
            case "DECIMAL" -> bindDecimal(type, parameters);
            case "CHAR" -> bindChar(type, parameters);
            case "ARRAY" -> new SqlType.Array(bindPart(type, 0, 1));
            case "MAP" -> new SqlType.MapOf(bindPart(type, 0, 2), bindPart(type, 1, 2));
            default -> {
                if (!parameters.isEmpty() && !name.equals("VARCHAR")) {
                    throw Problem.unsupported(type, "Type " + type);
                }
                yield bindBasic(type, name);
            }
        };
    }

    private static SqlType bindBasic(GenericDataType type, String name) {
        return switch (name) {
            case "BOOLEAN" -> BasicType.BOOLEAN;
            case "TINYINT" -> BasicType.TINYINT;
            case "SMALLINT" -> BasicType.SMALLINT;
            case "INTEGER", "INT" -> BasicType.INTEGER;
            case "BIGINT" -> BasicType.BIGINT;
            case "REAL" -> BasicType.REAL;
            case "DOUBLE" -> BasicType.DOUBLE;
            case "VARCHAR" -> BasicType.VARCHAR;
            case "VARBINARY" -> BasicType.VARBINARY;
            case "DATE" -> BasicType.DATE;
            case "IPADDRESS" -> BasicType.IPADDRESS;
            case "IPPREFIX" -> BasicType.IPPREFIX;
            case "UNKNOWN" -> BasicType.UNKNOWN;
            case "STRING", "TEXT" ->
                    throw Problem.unknown(type, "Unknown type: " + name + "; write VARCHAR");
            case "FLOAT", "LONG", "DATETIME" ->
                    throw Problem.unknown(
                            type,
                            "Unknown type: "
                                    + name
                                    + "; types are BOOLEAN, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL,"
                                    + " VARCHAR, DATE, TIMESTAMP and IPADDRESS");
            default -> throw Problem.unsupported(type, "Type " + name);
        };
    }

    /// Parameter `index` of a type that takes `count` types.
    private static SqlType bindPart(GenericDataType type, int index, int count) {
        List<DataTypeParameter> parameters = type.getArguments();
        if (parameters.size() != count || !(parameters.get(index) instanceof TypeParameter part)) {
            throw Problem.unknown(
                    type, "Unknown type: " + type + "; write ARRAY(T), MAP(K, V) or ROW(name T)");
        }
        return bindUnlimited(part.getValue());
    }

    private static SqlType bindRow(RowDataType type) {
        List<SqlType.Row.Field> fields = new ArrayList<>();
        for (RowDataType.Field field : type.getFields()) {
            String name = field.getName().map(Identifier::getValue).orElse(null);
            fields.add(new SqlType.Row.Field(name, bindUnlimited(field.getType())));
        }
        return new SqlType.Row(fields);
    }

    /// A type inside of another: there a text cannot have a greatest length.
    private static SqlType bindUnlimited(DataType type) {
        if (textLengthMax(type) >= 0) {
            throw Problem.unsupported(type, "VARCHAR(n) inside of ARRAY, MAP or ROW", "VARCHAR is");
        }
        return bind(type);
    }

    private static SqlType bindChar(GenericDataType type, List<DataTypeParameter> parameters) {
        long length = parameters.isEmpty() ? 1 : number(type, parameters.getFirst());
        if (length < 0 || length > SqlType.Char.LENGTH_MAX) {
            throw Problem.mismatch(type, "CHAR length must be in range [0, 65536], got " + length);
        }
        return new SqlType.Char((int) length);
    }

    /// The greatest length that `VARCHAR(n)` allows, or -1 for any other type.
    static long textLengthMax(DataType type) {
        return type instanceof GenericDataType generic
                        && generic.getName().getValue().equalsIgnoreCase("VARCHAR")
                        && !generic.getArguments().isEmpty()
                ? number(generic, generic.getArguments().getFirst())
                : -1;
    }

    private static SqlType bindTime(DateTimeDataType type) {
        if (type.getType() != DateTimeDataType.Type.TIMESTAMP) {
            throw Problem.unsupported(type, "Type TIME");
        }
        DataTypeParameter precision = type.getPrecision().orElse(null);
        long digits = precision == null ? Timestamps.PRECISION_MAX : number(type, precision);
        if (digits < 0 || digits > Timestamps.PRECISION_MAX) {
            throw Problem.unsupported(type, "A timestamp finer than milliseconds");
        }
        return Timestamps.of((int) digits, type.isWithTimeZone() ? Timestamps.UTC : null);
    }

    private static SqlType bindDecimal(GenericDataType type, List<DataTypeParameter> parameters) {
        long precision =
                parameters.isEmpty() ? DECIMAL_PRECISION : number(type, parameters.getFirst());
        long scale = parameters.size() < 2 ? 0 : number(type, parameters.get(1));
        if (precision < 1 || precision > DECIMAL_PRECISION || scale > precision || scale < 0) {
            throw Problem.mismatch(
                    type,
                    "DECIMAL precision must be in range [1, 38] and its scale in range"
                            + " [0, precision]: "
                            + type);
        }
        return new SqlType.Decimal((int) precision, (int) scale);
    }

    private static long number(DataType type, DataTypeParameter parameter) {
        if (!(parameter instanceof NumericParameter number)) {
            throw Problem.unsupported(type, "Type " + type);
        }
        return number.getParsedValue();
    }
}
