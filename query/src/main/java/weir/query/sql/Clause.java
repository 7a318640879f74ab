// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

/// Where in a SELECT an expression stands.
enum Clause {
    SELECT("SELECT", true),
    FROM("FROM", false),
    ON("JOIN ON", false),
    WHERE("WHERE", false),
    GROUP_BY("GROUP BY", false),
    HAVING("HAVING", true),
    ORDER_BY("ORDER BY", true);

    private final String text;
    private final boolean hasAggregates;

    Clause(String text, boolean hasAggregates) {
        this.text = text;
        this.hasAggregates = hasAggregates;
    }

    /// As SQL writes it.
    String text() {
        return text;
    }

    /// Whether aggregates may stand here.
    boolean hasAggregates() {
        return hasAggregates;
    }

    /// Whether the aliases of the SELECT list mean nothing here.
    boolean isBlindToAliases() {
        return this == WHERE || this == GROUP_BY || this == HAVING;
    }
}
