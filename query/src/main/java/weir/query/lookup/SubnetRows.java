// SPDX-License-Identifier: Apache-2.0
package weir.query.lookup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import weir.query.catalog.ContextTable;
import weir.query.catalog.TableColumn;

/// Rows of a CSV file of subnets: a column of blocks of addresses, and others by the names that
/// people give them.
final class SubnetRows {
    private static final Map<String, List<String>> NAMES =
            Map.of(
                    "cidr",
                    List.of("cidr", "cidr_block", "block", "network", "prefix", "ipv4_cidr"),
                    "subnet_id",
                    List.of("subnet_id", "id"),
                    "name",
                    List.of("name", "subnet", "subnet_name", "label"),
                    "vpc_id",
                    List.of("vpc_id", "vpc"),
                    "az",
                    List.of("az", "availability_zone", "zone"),
                    "az_id",
                    List.of("az_id", "availability_zone_id"),
                    "account_id",
                    List.of("account_id", "account", "owner_id"),
                    "owner",
                    List.of("owner", "team"));

    private SubnetRows() {}

    /// Whether a first line of these names is one of subnets.
    static boolean isHeader(List<String> names) {
        return place("cidr", names) >= 0;
    }

    /// @param names of the columns of the file
    /// @param values its rows, in that order; the first of them stands in line 2
    static List<@Nullable Object[]> of(
            Path file, List<String> names, List<@Nullable String[]> values) {
        List<TableColumn> columns = ContextTable.SUBNETS.columns();
        int block = place("cidr", names);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (@Nullable String[] row : values) {
            long line = rows.size() + 2L;
            String cidr = row[block];
            if (cidr == null) {
                throw new LookupException(file, line, "there is no " + names.get(block));
            }
            Element.requireBlock(file, line, cidr);
            @Nullable Object[] texts = new @Nullable Object[columns.size()];
            for (int i = 0; i < texts.length; i++) {
                int place = place(columns.get(i).name(), names);
                texts[i] = place < 0 ? null : row[place];
            }
            rows.add(texts);
        }
        return rows;
    }

    private static int place(String column, List<String> names) {
        for (String known : Objects.requireNonNull(NAMES.get(column), column)) {
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(i).toLowerCase(Locale.ROOT).replaceAll("[ -]+", "_");
                if (name.equals(known) || name.equals(known.replace("_", ""))) {
                    return i;
                }
            }
        }
        return -1;
    }
}
