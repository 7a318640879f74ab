// SPDX-License-Identifier: Apache-2.0
package weir.query.catalog;

import java.util.List;

/// `system.coverage`: a row for each interface and hour of which there are records, with how many
/// of them are of which status. An hour without a row is one of which nothing was collected; an
/// hour of NODATA alone had no traffic; one with SKIPDATA lost some records at AWS.
final class CoverageView {
    /// The table that it looks at.
    static final String RECORDS = "vpc_flow_logs";

    static final Table TABLE =
            new Table(
                    Catalog.SYSTEM_SCHEMA + ".coverage",
                    List.of(),
                    new Table.View(
                            """
                            SELECT account_id, interface_id,
                              date_trunc('hour', from_unixtime(start)) AS hour,
                              count_if(log_status = 'OK') AS ok_records,
                              count_if(log_status = 'NODATA') AS nodata_records,
                              count_if(log_status = 'SKIPDATA') AS skipdata_records,
                              from_unixtime(min(start)) AS first_seen,
                              from_unixtime(max("end")) AS last_seen
                            FROM vpc_flow_logs
                            GROUP BY 1, 2, 3\
                            """));

    private CoverageView() {}
}
