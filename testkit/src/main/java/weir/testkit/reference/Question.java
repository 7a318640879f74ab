// SPDX-License-Identifier: Apache-2.0
package weir.testkit.reference;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One question, written twice: as SQL and as loops over rows.
///
/// @param name a short name, for test reports
/// @param sql the statement in Athena's dialect, against `vpc_flow_logs`
/// @param columns names of the result's columns, in order
/// @param doubles positions (from 0) of columns that hold doubles, which are compared with a
///   tolerance of [#RELATIVE_TOLERANCE]
/// @param answer the reference's answer; computed anew each time
public record Question(
        String name,
        String sql,
        List<String> columns,
        List<Integer> doubles,
        Supplier<ReferenceResult> answer) {

    /// How far a double may be off, as a fraction of the expected value.
    public static final double RELATIVE_TOLERANCE = 1e-9;

    /// Keeps its own copies.
    public Question {
        columns = List.copyOf(columns);
        doubles = List.copyOf(doubles);
    }

    /// The expected rows as CSV cells.
    public List<List<String>> expected() {
        return answer.get().cells();
    }

    /// The first difference between the expected rows and others (without a header row), in words;
    /// null when there is none.
    public @Nullable String difference(List<List<String>> actual) {
        List<List<String>> expected = expected();
        int common = Math.min(expected.size(), actual.size());
        for (int row = 0; row < common; row++) {
            if (!sameRow(expected.get(row), actual.get(row))) {
                return name
                        + ": row "
                        + row
                        + " is "
                        + actual.get(row)
                        + ", expected "
                        + expected.get(row);
            }
        }
        if (expected.size() != actual.size()) {
            return name + ": " + actual.size() + " rows, expected " + expected.size();
        }
        return null;
    }

    private boolean sameRow(List<String> expected, List<String> actual) {
        if (expected.size() != actual.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            String wanted = expected.get(i);
            String found = actual.get(i);
            if (!wanted.equals(found) && !(doubles.contains(i) && near(wanted, found))) {
                return false;
            }
        }
        return true;
    }

    private static boolean near(String expected, String actual) {
        if (expected.isEmpty() || actual.isEmpty()) {
            return false;
        }
        try {
            double wanted = Double.parseDouble(expected);
            double found = Double.parseDouble(actual);
            return Math.abs(wanted - found) <= RELATIVE_TOLERANCE * Math.abs(wanted);
        } catch (NumberFormatException e) {
            return false; // text where a number belongs is a difference
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
