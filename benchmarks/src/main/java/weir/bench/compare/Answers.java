// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Rows of several programs that should be the same: lines of cells separated by tabs.
final class Answers {
    private static final Pattern FRACTION =
            Pattern.compile("-?[0-9]+(\\.[0-9]+([eE][+-]?[0-9]+)?|[eE][+-]?[0-9]+)");

    private Answers() {}

    /// Compares what Weir answered with what `other` did. Absent texts are `-` in Weir and nothing
    /// in DuckDB, and compare as equal, and so do numbers of DOUBLE of which nine digits are the
    /// same, for they depend on the order of sums; the order of rows does not matter.
    ///
    /// @throws IllegalStateException when they differ, with both
    static void require(String question, Stream<String> weir, String other, Stream<String> rows) {
        List<String> expected = normalised(rows);
        List<String> found = normalised(weir);
        if (!expected.equals(found)) {
            throw new IllegalStateException(
                    question + ": Weir says\n" + found + "\nand " + other + "\n" + expected);
        }
    }

    private static List<String> normalised(Stream<String> lines) {
        return lines.filter(line -> !line.isEmpty())
                .map(line -> Arrays.stream(line.split("\t", -1)))
                .map(cells -> cells.map(Answers::normalised).toList())
                .map(cells -> String.join("\t", cells))
                .sorted()
                .toList();
    }

    private static String normalised(String cell) {
        if (FRACTION.matcher(cell).matches()) {
            return String.format(Locale.ROOT, "%.8e", Double.parseDouble(cell));
        }
        return cell.equals("-") ? "" : cell;
    }
}
