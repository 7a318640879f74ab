-- title: Between two addresses
-- theme: hosts
-- question: What passed between these two addresses or networks, record by record in order of time?
-- means: Each row is a record as the log has it. The same flow stands there once for each interface
--   that saw it: interface says which.
-- not: An accepted record with no record in the other direction had no answer, or the answer's
--   record is elsewhere: see no-reply and denied-by.
-- fields: srcaddr dstaddr srcport dstport protocol packets bytes action start end interface_id?
--   flow_direction? tcp_flags?
-- param: a cidr | an address or network
-- param: b cidr | the other
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 100 | rows shown
SELECT
  from_unixtime(start) AS first_seen,
  "end" - start AS seconds,
  interface_id AS interface,
  flow_direction AS direction,
  srcaddr AS source,
  srcport AS source_port,
  dstaddr AS destination,
  dstport AS destination_port,
  protocol_name(protocol) AS protocol,
  tcp_flags_text(tcp_flags) AS flags,
  packets,
  bytes,
  action
FROM vpc_flow_logs
WHERE start >= :from AND start < :to
  AND ((contains(:a, CAST(srcaddr AS IPADDRESS)) AND contains(:b, CAST(dstaddr AS IPADDRESS)))
    OR (contains(:b, CAST(srcaddr AS IPADDRESS)) AND contains(:a, CAST(dstaddr AS IPADDRESS))))
ORDER BY start, "end", interface, source, source_port, destination, destination_port
LIMIT :limit
