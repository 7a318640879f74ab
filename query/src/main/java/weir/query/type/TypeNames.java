// SPDX-License-Identifier: Apache-2.0
package weir.query.type;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Types by the names that [SqlType#displayName()] gives them.
public final class TypeNames {
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,2}),(\\d{1,2})\\)");

    private TypeNames() {}

    /// The type of values of one piece that is called `name`, or null when none is.
    public static @Nullable SqlType find(String name) {
        for (BasicType type : BasicType.values()) {
            if (type.displayName().equals(name)) {
                return type;
            }
        }
        Matcher decimal = DECIMAL.matcher(name);
        return decimal.matches() ? decimal(decimal) : null;
    }

    private static @Nullable SqlType decimal(Matcher name) {
        try {
            return new SqlType.Decimal(
                    Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2)));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
