// SPDX-License-Identifier: Apache-2.0
package weir.query.ask;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;
import weir.query.fault.QueryException;
import weir.query.value.Cidr;

/// The types of parameters, and how their values are written in SQL.
public enum ParameterType {
    /// A whole number: `20`.
    BIGINT("a whole number", "20") {
        @Override
        String literal(String name, String text, LongSupplier newest) {
            return number(text);
        }
    },

    /// A number: `DOUBLE '0.9'`.
    DOUBLE("a number", "0.9") {
        @Override
        String literal(String name, String text, LongSupplier newest) {
            if (!NUMBER.matcher(text).matches() || Double.isInfinite(Double.parseDouble(text))) {
                throw new IllegalArgumentException();
            }
            return "DOUBLE '" + text + "'";
        }
    },

    /// Any text: `'eni-0a1b2c'`.
    VARCHAR("a text", "text") {
        @Override
        String literal(String name, String text, LongSupplier newest) {
            return quoted(text);
        }
    },

    /// A block of addresses, as `contains` takes it: `'10.0.0.0/8'`. An address is the block of
    /// itself.
    CIDR("a block of addresses or an address", "10.0.0.0/8") {
        @Override
        String literal(String name, String text, LongSupplier newest) {
            return quoted(block(text));
        }
    },

    /// Blocks of addresses and addresses with commas between them; in SQL one text of them.
    CIDRS(
            "blocks of addresses and addresses with commas between them",
            "203.0.113.66,198.51.100.0/24") {
        @Override
        String literal(String name, String text, LongSupplier newest) {
            return quoted(list(text, BLOCKS_MAX, ",", ParameterType::checked));
        }
    },

    /// An address, in SQL its text as flow logs spell it: `'10.0.0.1'`, so that it compares with
    /// `srcaddr` as it is.
    IPADDRESS("an IPv4 or IPv6 address", "10.0.0.1") {
        @Override
        String literal(String name, String text, LongSupplier newest) {
            IpAddress address = IpAddress.parse(text);
            if (address == null) {
                throw new IllegalArgumentException();
            }
            return quoted(address.toString());
        }
    },

    /// A time, in SQL epoch seconds as `start` has them.
    TIMESTAMP("a time: " + TimeValue.FORMS, "-24h") {
        @Override
        String literal(String name, String text, LongSupplier newest) {
            return Long.toString(TimeValue.epochSeconds(name, text, newest));
        }
    },

    /// Whole numbers with commas between them, to stand in `IN (:name)`.
    BIGINTS("whole numbers with commas between them", "22,3389") {
        @Override
        String literal(String name, String text, LongSupplier newest) {
            return list(text, LIST_MAX, ", ", ParameterType::number);
        }
    },

    /// `true` or `false`.
    BOOLEAN("true or false", "true") {
        @Override
        String literal(String name, String text, LongSupplier newest) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true", "yes" -> "TRUE";
                case "false", "no" -> "FALSE";
                default -> throw new IllegalArgumentException();
            };
        }
    };

    private static final int LIST_MAX = 1000;
    private static final int BLOCKS_MAX = 100_000;
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,19}");
    private static final Pattern NUMBER =
            Pattern.compile("-?[0-9]{1,300}(\\.[0-9]{1,300})?([eE][+-]?[0-9]{1,3})?");

    private final String expected;
    private final String example;

    ParameterType(String expected, String example) {
        this.expected = expected;
        this.example = example;
    }

    /// What its values are, in words.
    public String expected() {
        return expected;
    }

    /// One of its values, as it would be typed.
    public String example() {
        return example;
    }

    /// What files of questions call it.
    public String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The type that files of questions call so, or null.
    static @Nullable ParameterType named(String name) {
        for (ParameterType type : values()) {
            if (type.sqlName().equals(name)) {
                return type;
            }
        }
        return null;
    }

    /// The SQL of the value that `text` spells.
    ///
    /// @param name of the parameter
    /// @param newest epoch seconds of the newest record
    /// @throws IllegalArgumentException when it spells none, with what else there is to say
    abstract String literal(String name, String text, LongSupplier newest);

    /// A negative number in brackets: two minus signs in a row would begin a comment.
    private static String number(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException();
        }
        try {
            long value = Long.parseLong(text);
            return value < 0 ? "(" + value + ")" : Long.toString(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("it has to fit 64 bits", e);
        }
    }

    /// What `literal` makes of each of the values between the commas of `text`.
    private static String list(
            String text, int most, String between, UnaryOperator<String> literal) {
        String[] values = text.split(",", -1);
        if (values.length > most) {
            throw new IllegalArgumentException("at most " + most + " of them");
        }
        return Arrays.stream(values)
                .map(value -> literal.apply(value.strip()))
                .collect(Collectors.joining(between));
    }

    /// `text`, which is a block or an address.
    private static String checked(String text) {
        block(text);
        return text;
    }

    private static String block(String text) {
        try {
            IpAddress address = IpAddress.parse(text);
            if (address != null) {
                return address + (address.isV4() ? "/32" : "/128");
            }
            Cidr.parse(text);
            return text;
        } catch (QueryException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
