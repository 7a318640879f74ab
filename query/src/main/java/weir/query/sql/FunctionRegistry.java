// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import static weir.query.type.BasicType.BIGINT;
import static weir.query.type.BasicType.BOOLEAN;
import static weir.query.type.BasicType.DATE;
import static weir.query.type.BasicType.DOUBLE;
import static weir.query.type.BasicType.IPADDRESS;
import static weir.query.type.BasicType.TIMESTAMP;
import static weir.query.type.BasicType.TIMESTAMP_TZ;
import static weir.query.type.BasicType.VARCHAR;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.function.Definition;
import weir.query.function.FunctionLibrary;
import weir.query.type.SqlType;

/// Functions that become expressions of their own, aggregates and window functions: names and
/// signatures are Trino's. Those of arrays and maps are [CollectionFunctions]; most others are
/// definitions of the [FunctionLibrary], where one that needs no expression of its own belongs.
///
/// To add one here: a row, its computation in `weir.query.value`, its line in the documentation.
final class FunctionRegistry {

    /// A function of one row.
    ///
    /// @param name what SQL calls it
    /// @param kind which part of the documentation it stands in
    /// @param arguments the types it takes, for people
    /// @param result the type it gives, for people
    /// @param description what it computes
    /// @param lowering the expression that a call becomes, or null where the arguments do not fit
    record Scalar(
            String name,
            Definition.Kind kind,
            String arguments,
            String result,
            String description,
            Lowering lowering) {}

    /// From a call to an expression.
    interface Lowering {
        /// The expression, or null where the types of the arguments do not fit this signature.
        @Nullable Expr lower(FunctionCallSite site);
    }

    /// Functions of Trino that a query may well hold and that are not run yet.
    private static final Set<String> LATER =
            Set.of("json_extract", "json_extract_scalar", "json_parse");

    private static final FunctionRegistry INSTANCE = new FunctionRegistry();

    private final Map<String, List<Scalar>> scalars = new LinkedHashMap<>();

    /// Of what is being added.
    private Definition.Kind kind = Definition.Kind.TEXT;

    private final AggregateRegistry aggregates = new AggregateRegistry();
    private final WindowRegistry windows = new WindowRegistry();

    private FunctionRegistry() {
        addText();
        addNumbers();
        addTime();
        addOthers();
    }

    /// The one table there is.
    static FunctionRegistry instance() {
        return INSTANCE;
    }

    /// The signatures of the scalar function called `name`; none when there is no such function.
    List<Scalar> scalar(String name) {
        return scalars.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /// The signatures of the aggregate function called `name`; none when there is no such function.
    List<AggregateRegistry.Aggregate> aggregate(String name) {
        return aggregates.named(name);
    }

    /// The function called `name` that only stands before OVER, or null.
    WindowRegistry.@Nullable Entry window(String name) {
        return windows.find(name);
    }

    /// Every function that only stands before OVER.
    List<WindowRegistry.Entry> windows() {
        return windows.all();
    }

    /// Whether Trino has a function of this name that is not run yet.
    boolean isLater(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return LATER.contains(lower) && FunctionLibrary.instance().named(lower).isEmpty();
    }

    /// Every scalar signature, by name as they stand here.
    List<Scalar> scalars() {
        return scalars.values().stream().flatMap(List::stream).toList();
    }

    /// Every signature of an aggregate function.
    List<AggregateRegistry.Aggregate> aggregates() {
        return aggregates.all();
    }

    /// Every name that can be called.
    List<String> names() {
        List<String> names = new ArrayList<>(scalars.keySet());
        aggregates.all().forEach(aggregate -> names.add(aggregate.name()));
        FunctionLibrary.instance().all().forEach(definition -> names.add(definition.name()));
        CollectionFunctions.instance().all().forEach(function -> names.add(function.name()));
        windows.all().forEach(window -> names.add(window.name()));
        names.addAll(List.of("coalesce", "nullif", "if", "extract", "try_cast"));
        return names;
    }

    private void add(
            String name, String arguments, String result, String description, Lowering lowering) {
        scalars.computeIfAbsent(name, _ -> new ArrayList<>())
                .add(new Scalar(name, kind, arguments, result, description, lowering));
    }

    /// A function whose types are fixed.
    private void fixed(
            String name,
            ScalarFunction function,
            SqlType result,
            String description,
            SqlType... parameters) {
        List<SqlType> types = List.of(parameters);
        add(
                name,
                types.stream().map(SqlType::displayName).collect(Collectors.joining(", ")),
                result.displayName(),
                description,
                site -> site.call(function, result, types));
    }

    private void alias(String alias, String name) {
        for (Scalar scalar : scalar(name)) {
            add(
                    alias,
                    scalar.arguments(),
                    scalar.result(),
                    scalar.description(),
                    scalar.lowering());
        }
    }

    private void addText() {
        fixed("lower", ScalarFunction.LOWER, VARCHAR, "Lower case", VARCHAR);
        fixed("upper", ScalarFunction.UPPER, VARCHAR, "Upper case", VARCHAR);
        fixed("length", ScalarFunction.LENGTH, BIGINT, "Count of characters", VARCHAR);
        fixed("trim", ScalarFunction.TRIM, VARCHAR, "Without blanks at both ends", VARCHAR);
        alias("btrim", "trim");
        String part = "Part of a text, from a position that counts from 1";
        fixed("substr", ScalarFunction.SUBSTR, VARCHAR, part, VARCHAR, BIGINT);
        fixed("substr", ScalarFunction.SUBSTR, VARCHAR, part, VARCHAR, BIGINT, BIGINT);
        alias("substring", "substr");
        fixed(
                "strpos",
                ScalarFunction.STRPOS,
                BIGINT,
                "Position of the first occurrence, 0 when there is none",
                VARCHAR,
                VARCHAR);
        fixed(
                "replace",
                ScalarFunction.REPLACE,
                VARCHAR,
                "Every occurrence replaced",
                VARCHAR,
                VARCHAR,
                VARCHAR);
        add(
                "replace",
                "varchar, varchar",
                "varchar",
                "Every occurrence removed",
                site ->
                        site.fits(List.of(VARCHAR, VARCHAR))
                                ? FunctionCallSite.of(
                                        ScalarFunction.REPLACE,
                                        VARCHAR,
                                        TypeCoercion.coerce(site.argument(0), VARCHAR),
                                        TypeCoercion.coerce(site.argument(1), VARCHAR),
                                        new Expr.Literal(VARCHAR, ""))
                                : null);
        fixed(
                "split_part",
                ScalarFunction.SPLIT_PART,
                VARCHAR,
                "Part between delimiters, counted from 1; NULL behind the last",
                VARCHAR,
                VARCHAR,
                BIGINT);
        fixed(
                "starts_with",
                ScalarFunction.STARTS_WITH,
                BOOLEAN,
                "Whether a text starts with another",
                VARCHAR,
                VARCHAR);
        add(
                "concat",
                "varchar, ...",
                "varchar",
                "Texts in one; also a || b",
                site ->
                        site.count() < 2
                                ? null
                                : site.call(
                                        ScalarFunction.CONCAT,
                                        VARCHAR,
                                        Collections.nCopies(site.count(), VARCHAR)));
    }

    private void addNumbers() {
        kind = Definition.Kind.NUMBER;
        add("abs", "number", "same type", "Magnitude", NumberFunctions::abs);
        add(
                "floor",
                "number",
                "same type",
                "Rounded down",
                site -> NumberFunctions.toWhole(site, ScalarFunction.FLOOR));
        add(
                "ceil",
                "number",
                "same type",
                "Rounded up",
                site -> NumberFunctions.toWhole(site, ScalarFunction.CEIL));
        alias("ceiling", "ceil");
        add("round", "number", "same type", "Rounded, half away from zero", NumberFunctions::round);
        add(
                "round",
                "number, integer",
                "same type",
                "Rounded to digits behind the point",
                NumberFunctions::roundTo);
        add("mod", "number, number", "number", "Remainder; also a % b", NumberFunctions::mod);
        fixed("power", ScalarFunction.POWER, DOUBLE, "Power", DOUBLE, DOUBLE);
        alias("pow", "power");
        fixed("sqrt", ScalarFunction.SQRT, DOUBLE, "Square root", DOUBLE);
        fixed("ln", ScalarFunction.LN, DOUBLE, "Natural logarithm", DOUBLE);
        fixed("log10", ScalarFunction.LOG10, DOUBLE, "Logarithm to base 10", DOUBLE);
        add(
                "greatest",
                "value, ...",
                "common type",
                "The greatest; NULL when one is NULL",
                site -> NumberFunctions.extreme(site, ScalarFunction.GREATEST));
        add(
                "least",
                "value, ...",
                "common type",
                "The least; NULL when one is NULL",
                site -> NumberFunctions.extreme(site, ScalarFunction.LEAST));
        kind = Definition.Kind.BITS;
        String bits = "Bit by bit";
        fixed("bitwise_and", ScalarFunction.BITWISE_AND, BIGINT, bits, BIGINT, BIGINT);
        fixed("bitwise_or", ScalarFunction.BITWISE_OR, BIGINT, bits, BIGINT, BIGINT);
        fixed("bitwise_xor", ScalarFunction.BITWISE_XOR, BIGINT, bits, BIGINT, BIGINT);
        fixed("bitwise_not", ScalarFunction.BITWISE_NOT, BIGINT, bits, BIGINT);
    }

    private void addTime() {
        kind = Definition.Kind.TIME;
        add(
                "now",
                "",
                "timestamp(3) with time zone",
                "The time of the query",
                site ->
                        site.count() == 0
                                ? new Expr.Literal(TIMESTAMP_TZ, site.nowMillis())
                                : null);
        add(
                "current_timezone",
                "",
                "varchar",
                "Always UTC",
                site -> site.count() == 0 ? new Expr.Literal(VARCHAR, "UTC") : null);
        String instant = "The instant of epoch seconds";
        fixed("from_unixtime", ScalarFunction.FROM_UNIXTIME, TIMESTAMP_TZ, instant, BIGINT);
        fixed("from_unixtime", ScalarFunction.FROM_UNIXTIME, TIMESTAMP_TZ, instant, DOUBLE);
        add(
                "from_unixtime",
                "double, varchar",
                "timestamp(3) with time zone",
                instant + " in a zone",
                TimeFunctions::fromUnixtimeIn);
        String epoch = "Epoch seconds";
        fixed("to_unixtime", ScalarFunction.TO_UNIXTIME, DOUBLE, epoch, TIMESTAMP);
        fixed("to_unixtime", ScalarFunction.TO_UNIXTIME, DOUBLE, epoch, TIMESTAMP_TZ);
        add(
                "date_trunc",
                "varchar, date or timestamp",
                "same type",
                "Start of the unit, such as 'hour'",
                TimeFunctions::truncate);
        add(
                "date_diff",
                "varchar, date or timestamp, date or timestamp",
                "bigint",
                "Whole units from the first time to the second",
                TimeFunctions::difference);
        add(
                "date_add",
                "varchar, bigint, date or timestamp",
                "same type",
                "A time some units later",
                TimeFunctions::add);
        String format = "A time as text, by a MySQL format such as '%Y-%m-%d %H:%i'";
        fixed("date_format", ScalarFunction.DATE_FORMAT, VARCHAR, format, TIMESTAMP, VARCHAR);
        fixed("date_format", ScalarFunction.DATE_FORMAT, VARCHAR, format, TIMESTAMP_TZ, VARCHAR);
        String iso = "A time as ISO 8601 text";
        fixed("to_iso8601", ScalarFunction.TO_ISO8601, VARCHAR, iso, DATE);
        fixed("to_iso8601", ScalarFunction.TO_ISO8601, VARCHAR, iso, TIMESTAMP);
        fixed("to_iso8601", ScalarFunction.TO_ISO8601, VARCHAR, iso, TIMESTAMP_TZ);
        add(
                "from_iso8601_date",
                "varchar literal",
                "date",
                "The date of ISO 8601 text",
                TimeFunctions::fromIsoDate);
        add(
                "from_iso8601_timestamp",
                "varchar literal",
                "timestamp(3) with time zone",
                "The instant of ISO 8601 text",
                TimeFunctions::fromIsoTimestamp);
        add("date", "varchar, date or timestamp", "date", "CAST(x AS DATE)", TimeFunctions::date);
        add(
                "at_timezone",
                "timestamp with time zone, varchar",
                "timestamp(3) with time zone",
                "The same instant in a zone",
                TimeFunctions::atTimezone);
        add(
                "with_timezone",
                "timestamp, varchar",
                "timestamp with time zone",
                "The instant at which clocks of a zone show a timestamp",
                TimeFunctions::withTimezone);
        addTimeParts();
    }

    private void addTimeParts() {
        part("year", ScalarFunction.YEAR, true, "Year");
        add("quarter", "date or timestamp", "bigint", "Quarter, 1 to 4", TimeFunctions::quarter);
        part("month", ScalarFunction.MONTH, true, "Month, 1 to 12");
        part("day", ScalarFunction.DAY, true, "Day of the month, 1 to 31");
        alias("day_of_month", "day");
        part("hour", ScalarFunction.HOUR, false, "Hour, 0 to 23");
        part("minute", ScalarFunction.MINUTE, false, "Minute, 0 to 59");
        part("second", ScalarFunction.SECOND, false, "Second, 0 to 59");
        part("day_of_week", ScalarFunction.DAY_OF_WEEK, true, "Day of the week, Monday is 1");
        alias("dow", "day_of_week");
        part("day_of_year", ScalarFunction.DAY_OF_YEAR, true, "Day of the year, 1 to 366");
        alias("doy", "day_of_year");
    }

    private void part(String name, ScalarFunction function, boolean isOfDates, String description) {
        if (isOfDates) {
            fixed(name, function, BIGINT, description, DATE);
        }
        fixed(name, function, BIGINT, description, TIMESTAMP);
        fixed(name, function, BIGINT, description, TIMESTAMP_TZ);
    }

    private void addOthers() {
        kind = Definition.Kind.ADDRESS;
        fixed(
                "contains",
                ScalarFunction.CONTAINS,
                BOOLEAN,
                "Whether a network such as '10.0.0.0/8' holds an address; never of another family",
                VARCHAR,
                IPADDRESS);
    }
}
