// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.DataType;
import io.trino.sql.tree.DataTypeParameter;
import io.trino.sql.tree.DateTimeDataType;
import io.trino.sql.tree.GenericDataType;
import io.trino.sql.tree.NumericParameter;
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
        if (type instanceof DateTimeDataType time) {
            return bindTime(time);
        }
        if (!(type instanceof GenericDataType generic)) {
            throw Problem.unsupported(type, "Type " + type);
        }
        String name = generic.getName().getValue().toUpperCase(Locale.ROOT);
        List<DataTypeParameter> parameters = generic.getArguments();
        if (name.equals("DECIMAL")) {
            return bindDecimal(generic, parameters);
        }
        if (!parameters.isEmpty() && !name.equals("VARCHAR")) {
            throw Problem.unsupported(type, "Type " + type);
        }
        return switch (name) {
            case "BOOLEAN" -> BasicType.BOOLEAN;
            case "INTEGER", "INT" -> BasicType.INTEGER;
            case "BIGINT" -> BasicType.BIGINT;
            case "DOUBLE" -> BasicType.DOUBLE;
            case "VARCHAR" -> BasicType.VARCHAR;
            case "VARBINARY" -> BasicType.VARBINARY;
            case "DATE" -> BasicType.DATE;
            case "IPADDRESS" -> BasicType.IPADDRESS;
            case "STRING", "TEXT" ->
                    throw Problem.unknown(type, "Unknown type: " + name + "; write VARCHAR");
            case "FLOAT", "LONG", "DATETIME" ->
                    throw Problem.unknown(
                            type,
                            "Unknown type: "
                                    + name
                                    + "; types are BOOLEAN, INTEGER, BIGINT, DOUBLE, DECIMAL,"
                                    + " VARCHAR, DATE, TIMESTAMP and IPADDRESS");
            case "TINYINT", "SMALLINT" ->
                    throw Problem.unsupported(type, "Type " + name, "INTEGER is");
            default -> throw Problem.unsupported(type, "Type " + name);
        };
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
