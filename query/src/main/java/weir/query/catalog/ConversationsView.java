// SPDX-License-Identifier: Apache-2.0
package weir.query.catalog;

import java.util.List;
import java.util.Set;

/// `conversations`: requests and their replies as one row, over the view `flows`.
///
/// Records of both ways of one 5-tuple are one conversation as long as none starts more than ten
/// minutes behind the last end before it: that is the longest time of a record, and clocks of
/// interfaces differ by less. What both interfaces and NAT gateways saw counts once.
///
/// The client is who sent SYN without ACK, where flags are there and say so; else who has the
/// higher port; `client_by` says which of them it was: `syn`, `port`, or `order` where both ports
/// are the same.
final class ConversationsView {
    static final String NAME = "conversations";

    private static final String SQL =
            """
            WITH sides AS (
              SELECT source, destination, srcport, dstport, protocol, start, "end", action,
                coalesce(bitwise_and(tcp_flags, 18) = 2, FALSE) AS is_syn, counted, bytes, packets,
                CASE WHEN srcport > dstport THEN TRUE WHEN srcport < dstport THEN FALSE
                  ELSE source <= destination END AS is_forth
              FROM flows
              WHERE counted OR action = 'REJECT'
            ),
            ways AS (
              SELECT
                CASE WHEN is_forth THEN source ELSE destination END AS a,
                CASE WHEN is_forth THEN destination ELSE source END AS b,
                CASE WHEN is_forth THEN srcport ELSE dstport END AS a_port,
                CASE WHEN is_forth THEN dstport ELSE srcport END AS b_port,
                protocol, start, "end", action, is_syn, counted, bytes, packets, is_forth
              FROM sides
            ),
            numbered AS (
              SELECT *,
                session_number(start, "end", 600) OVER (
                  PARTITION BY a, b, a_port, b_port, protocol ORDER BY start) AS place
              FROM ways
            ),
            sums AS (
              SELECT a, b, a_port, b_port, protocol,
                min(start) AS start, max("end") AS "end", count(*) AS records,
                sum(CASE WHEN counted AND is_forth THEN bytes ELSE 0 END) AS bytes_forth,
                sum(CASE WHEN counted AND NOT is_forth THEN bytes ELSE 0 END) AS bytes_back,
                sum(CASE WHEN counted AND is_forth THEN packets ELSE 0 END) AS packets_forth,
                sum(CASE WHEN counted AND NOT is_forth THEN packets ELSE 0 END) AS packets_back,
                count_if(action = 'REJECT' AND is_forth) AS rejected_forth,
                count_if(action = 'REJECT' AND NOT is_forth) AS rejected_back,
                bool_or(is_forth AND is_syn) AS syn_forth,
                bool_or(NOT is_forth AND is_syn) AS syn_back
              FROM numbered
              GROUP BY a, b, a_port, b_port, protocol, place
            ),
            clients AS (
              SELECT *,
                syn_back AND NOT syn_forth AS is_turned
              FROM sums
            )
            SELECT
              CASE WHEN is_turned THEN b ELSE a END AS client,
              CASE WHEN is_turned THEN b_port ELSE a_port END AS client_port,
              CASE WHEN is_turned THEN a ELSE b END AS server,
              CASE WHEN is_turned THEN a_port ELSE b_port END AS server_port,
              protocol, start, "end", records,
              CASE WHEN is_turned THEN bytes_back ELSE bytes_forth END AS bytes_sent,
              CASE WHEN is_turned THEN bytes_forth ELSE bytes_back END AS bytes_received,
              CASE WHEN is_turned THEN packets_back ELSE packets_forth END AS packets_sent,
              CASE WHEN is_turned THEN packets_forth ELSE packets_back END AS packets_received,
              CASE WHEN is_turned THEN rejected_back ELSE rejected_forth END AS requests_rejected,
              CASE WHEN is_turned THEN rejected_forth ELSE rejected_back END AS replies_rejected,
              CASE
                WHEN syn_forth <> syn_back THEN 'syn'
                WHEN a_port <> b_port THEN 'port'
                ELSE 'order'
              END AS client_by
            FROM clients\
            """;

    static final Table TABLE = new Table(NAME, List.of(), new Table.View(SQL, Set.of()));

    private ConversationsView() {}
}
