// SPDX-License-Identifier: Apache-2.0
package weir.ingest.record;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.Column;
import weir.engine.schema.Schema;

/// Which fields the lines of a log have, in which order. Immutable; equal when the fields are.
///
/// @param fields the fields, at least one, no two of the same column
public record FlowFormat(List<FormatField> fields) {
    /// The order AWS writes when nobody chose one: the fields of version 2.
    public static final FlowFormat DEFAULT = of(RecordTable.VPC.fields().subList(0, 14));

    /// The same for transit gateways: all their fields.
    public static final FlowFormat TRANSIT_GATEWAY_DEFAULT =
            of(RecordTable.TRANSIT_GATEWAY.fields());

    /// Most fields of a line: far above what AWS documents, far below what a segment takes.
    public static final int FIELDS_MAX = 1_000;

    /// So many documented names make a header line of one that has unknown names too.
    private static final int KNOWN_NAMES_MIN = 3;

    private static final String STAMP_SIGN = "@ ";

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");

    /// Checks that there is a field and that none stands twice.
    public FlowFormat {
        fields = List.copyOf(fields);
        if (fields.isEmpty() || fields.size() > FIELDS_MAX) {
            throw new IllegalArgumentException(
                    "a format has 1 to " + FIELDS_MAX + " fields, not " + fields.size());
        }
        String twice = duplicate(fields);
        if (twice != null) {
            throw new IllegalArgumentException("field " + twice + " stands twice in the format");
        }
    }

    private static FlowFormat of(List<FlowField> fields) {
        return new FlowFormat(fields.stream().map(FormatField::of).toList());
    }

    private static @Nullable String duplicate(List<FormatField> fields) {
        Set<String> seen = new HashSet<>();
        for (FormatField field : fields) {
            if (!seen.add(field.column().name())) {
                return field.name();
            }
        }
        return null;
    }

    /// What a line is when read as a header.
    public sealed interface HeaderReading {
        /// It names the fields of the lines that follow.
        record Header(FlowFormat format) implements HeaderReading {}

        /// It is a header that cannot be followed.
        record Refused(String reason) implements HeaderReading {}

        /// It is no header.
        record None() implements HeaderReading {}
    }

    /// Reads the tokens of a line as a header: all of them documented field names, or at least
    /// three of them and the rest names that a column can have.
    public static HeaderReading readHeader(List<String> tokens) {
        int known = 0;
        for (String token : tokens) {
            if (!NAME.matcher(token).matches()) {
                return new HeaderReading.None();
            }
            known += FlowField.named(token) == null ? 0 : 1;
        }
        if (tokens.isEmpty() || (known < tokens.size() && known < KNOWN_NAMES_MIN)) {
            return new HeaderReading.None();
        }
        if (tokens.size() > FIELDS_MAX) {
            return new HeaderReading.Refused(
                    "the header names " + tokens.size() + " fields; at most " + FIELDS_MAX);
        }
        List<FormatField> fields = tokens.stream().map(FlowFormat::field).toList();
        String twice = duplicate(fields);
        return twice == null
                ? new HeaderReading.Header(new FlowFormat(fields))
                : new HeaderReading.Refused("the header names field " + twice + " twice");
    }

    /// Reads a list of field names as users write it: separated by spaces or commas, with hyphens
    /// or underscores, also in AWS's own spelling `${field}`. Names that AWS does not document
    /// become text columns; see [#unknownNames].
    ///
    /// @throws IllegalArgumentException when there is no name, one is no name, or one stands twice
    public static FlowFormat parse(String text) {
        List<FormatField> fields = new ArrayList<>();
        for (String word : text.trim().split("[\\s,]+", -1)) {
            String name =
                    word.startsWith("${") && word.endsWith("}")
                            ? word.substring(2, word.length() - 1)
                            : word;
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "'"
                                + word
                                + "' is no field name: a format is a list of names like"
                                + " \"version account-id srcaddr dstaddr bytes start end\"");
            }
            FormatField field = field(name);
            if (FlowField.named(name) == null) {
                refuseMisspelt(name);
            }
            fields.add(field);
        }
        return new FlowFormat(fields);
    }

    /// A field that AWS will add one day is welcome; one letter away from a known one it is a slip,
    /// and what is collected under it could not be put right.
    private static void refuseMisspelt(String name) {
        String spelt = name.toLowerCase(Locale.ROOT).replace('_', '-');
        for (FlowField known : FlowField.values()) {
            String header = known.headerName();
            boolean isNumbered = withoutDigits(spelt).equals(withoutDigits(header));
            if (!isNumbered && isOneSlipFrom(spelt, header)) {
                throw new IllegalArgumentException(
                        "no field is called '" + name + "': did you mean '" + header + "'?");
            }
        }
    }

    private static String withoutDigits(String name) {
        return name.replaceAll("[0-9]", "");
    }

    /// Whether one letter more, less or other, or two letters swapped, make one name the other.
    private static boolean isOneSlipFrom(String name, String known) {
        int start = 0;
        int shorter = Math.min(name.length(), known.length());
        while (start < shorter && name.charAt(start) == known.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < shorter - start
                && name.charAt(name.length() - 1 - end) == known.charAt(known.length() - 1 - end)) {
            end++;
        }
        int left = name.length() - start - end;
        int wanted = known.length() - start - end;
        boolean isSwapped =
                left == 2
                        && wanted == 2
                        && name.charAt(start) == known.charAt(start + 1)
                        && name.charAt(start + 1) == known.charAt(start);
        return (left <= 1 && wanted <= 1) || isSwapped;
    }

    private static FormatField field(String name) {
        FlowField known = FlowField.named(name);
        return known == null ? FormatField.unknown(name) : FormatField.of(known);
    }

    /// The format that [#toNames] wrote.
    ///
    /// @throws IllegalArgumentException when it did not
    public static FlowFormat ofNames(String names) {
        boolean isStamped = names.startsWith(STAMP_SIGN);
        String plain = isStamped ? names.substring(STAMP_SIGN.length()) : names;
        FlowFormat format =
                new FlowFormat(Stream.of(plain.split(" ", -1)).map(FlowFormat::field).toList());
        return isStamped ? format.stamped() : format;
    }

    /// This format as text that [#ofNames] reads: the names, and a sign for time stamps.
    public String toNames() {
        return isStamped()
                ? STAMP_SIGN + new FlowFormat(fields.subList(1, fields.size()))
                : toString();
    }

    /// This format with the time stamp of a CloudWatch Logs export before each record.
    public FlowFormat stamped() {
        List<FormatField> stamped = new ArrayList<>();
        stamped.add(FormatField.STAMP);
        stamped.addAll(fields);
        return new FlowFormat(stamped);
    }

    /// Whether a time stamp stands before each record.
    public boolean isStamped() {
        return fields.getFirst().kind() == FieldKind.STAMP;
    }

    /// How many tokens a line has.
    public int size() {
        return fields.size();
    }

    /// The field at `index`, from 0.
    public FormatField field(int index) {
        return fields.get(index);
    }

    /// Whether the names of a header line could stand in the fields: all are texts of any form.
    public boolean acceptsNames() {
        return fields.stream().allMatch(f -> f.kind() == FieldKind.TEXT);
    }

    /// The table that its records are for.
    public RecordTable table() {
        return fields.stream().anyMatch(f -> RecordTable.isOfTransitGateway(f.name()))
                ? RecordTable.TRANSIT_GATEWAY
                : RecordTable.VPC;
    }

    /// The columns that the records of its [#table] do not have by themselves.
    public List<Column> unknownColumns() {
        Schema known = table().schema();
        return fields.stream()
                .filter(f -> f.kind() != FieldKind.STAMP)
                .map(FormatField::column)
                .filter(column -> known.indexOf(column.name()) < 0)
                .toList();
    }

    /// The names that AWS does not document.
    public List<String> unknownNames() {
        return fields.stream()
                .filter(f -> f.kind() != FieldKind.STAMP && FlowField.named(f.name()) == null)
                .map(FormatField::name)
                .toList();
    }

    /// The field names as a header line has them.
    @Override
    public String toString() {
        return fields.stream().map(FormatField::name).collect(Collectors.joining(" "));
    }
}
