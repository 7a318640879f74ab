// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import weir.query.expr.LibraryFunction;
import weir.query.expr.RowFunction;
import weir.query.type.SqlType;
import weir.query.type.Timestamps;
import weir.query.value.Zones;

/// The instant at which clocks of a zone show a timestamp: `with_timezone`.
///
/// @param type of the result, which has the zone
public record LocalToInstant(SqlType type) implements LibraryFunction {
    @Override
    public String name() {
        return "with_timezone_" + Timestamps.zone(type);
    }

    @Override
    public boolean canFail() {
        return false;
    }

    @Override
    public RowFunction start() {
        return a -> Zones.toInstant(Args.number(a, 0), type);
    }
}
