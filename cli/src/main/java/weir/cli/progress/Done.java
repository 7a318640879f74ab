// SPDX-License-Identifier: Apache-2.0
package weir.cli.progress;

import java.util.ArrayList;
import java.util.List;
import weir.cli.report.Quantity;

/// What a command has done so far. Immutable.
///
/// @param bytesTotal 0 when nobody knows
/// @param nanos since the start
record Done(long bytesDone, long bytesTotal, long records, long rejectedLines, long nanos) {
    private static final String SEPARATOR = ", ";

    /// What stands behind the bar, `15.2 M records/s, 3 rejected, 12 s left`: where that takes more
    /// than `columns`, what matters least is left out first, the rate and then the lines.
    String words(int columns) {
        String rate = Quantity.rate(records / Math.max(nanos / 1e9, 1e-3)) + " records/s";
        String rejected = rejectedLines == 0 ? "" : Quantity.count(rejectedLines) + " rejected";
        String left = left();
        for (List<String> parts :
                List.of(List.of(rate, rejected, left), List.of(rejected, left), List.of(left))) {
            List<String> said = new ArrayList<>(parts);
            said.removeIf(String::isEmpty);
            String words = String.join(SEPARATOR, said);
            if (words.length() <= columns) {
                return words;
            }
        }
        return "";
    }

    /// The time left when it goes on like this; empty when nobody knows.
    private String left() {
        if (bytesDone <= 0 || bytesTotal <= bytesDone) {
            return "";
        }
        double seconds = nanos / 1e9 * (bytesTotal - bytesDone) / bytesDone;
        return Quantity.wholeSeconds(seconds) + " left";
    }
}
