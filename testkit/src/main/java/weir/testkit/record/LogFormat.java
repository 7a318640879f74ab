// SPDX-License-Identifier: Apache-2.0
package weir.testkit.record;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;

/// The fields of a flow log subscription, in the order they are written. Immutable.
///
/// @param fields at least one field, none twice
public record LogFormat(List<LogField> fields) {

    /// What AWS writes when nobody chose a format: the 14 fields of version 2.
    public static final LogFormat V2 = upTo(2);

    /// All 21 fields up to version 3, in AWS's order.
    public static final LogFormat V3 = upTo(3);

    /// All 25 fields up to version 4, in AWS's order.
    public static final LogFormat V4 = upTo(4);

    /// All 29 fields up to version 5, in AWS's order.
    public static final LogFormat V5 = upTo(5);

    /// All 39 fields up to version 7 (the ECS fields), in AWS's order.
    public static final LogFormat V7 = upTo(7);

    /// All 54 fields up to version 11, in AWS's order.
    public static final LogFormat V11 = upTo(11);

    /// Checks the list and keeps its own copy.
    public LogFormat {
        fields = List.copyOf(fields);
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("a format has at least one field");
        }
        if (EnumSet.copyOf(fields).size() != fields.size()) {
            throw new IllegalArgumentException("a format names each field once: " + text(fields));
        }
    }

    /// All documented fields up to a record version, in AWS's order.
    public static LogFormat upTo(int version) {
        if (version < 2 || version > 11) {
            throw new IllegalArgumentException("version is 2 to 11, not " + version);
        }
        List<LogField> fields = new ArrayList<>();
        for (LogField field : LogField.values()) {
            if (field.version() <= version) {
                fields.add(field);
            }
        }
        return new LogFormat(fields);
    }

    /// Reads a preset (`v2` ... `v11`) or a list of field names separated by spaces or commas;
    /// AWS's own spelling `${srcaddr} ${dstaddr}` is understood too.
    ///
    /// @throws IllegalArgumentException for a name AWS does not document
    public static LogFormat parse(String text) {
        String names = text.strip();
        if (names.matches("[vV]([2-9]|1[01])")) {
            return upTo(Integer.parseInt(names.substring(1)));
        }
        List<LogField> fields = new ArrayList<>();
        for (String token : names.split("[\\s,]+", -1)) {
            if (!token.isEmpty()) {
                fields.add(field(token));
            }
        }
        return new LogFormat(fields);
    }

    private static LogField field(String token) {
        String name =
                token.startsWith("${") && token.endsWith("}")
                        ? token.substring(2, token.length() - 1)
                        : token;
        LogField field = LogField.ofHeader(name);
        if (field == null) {
            throw new IllegalArgumentException(
                    "no flow log field is called '"
                            + name
                            + "'; known: v2 ... v11, or names such as "
                            + text(V2.fields));
        }
        return field;
    }

    /// The value of the `version` field: the highest version among the fields.
    public int version() {
        int version = 2;
        for (LogField field : fields) {
            version = Math.max(version, field.version());
        }
        return version;
    }

    /// The header line, without a line end.
    public String headerLine() {
        return text(fields);
    }

    private static String text(List<LogField> fields) {
        return fields.stream().map(LogField::header).collect(Collectors.joining(" "));
    }
}
