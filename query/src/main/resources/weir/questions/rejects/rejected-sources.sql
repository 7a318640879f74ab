-- title: Sources that are rejected most
-- theme: rejects
-- question: Which sources were rejected most, and at what?
-- means: Each row is a source with how many records of it were rejected, and how many hosts and
--   ports it tried. Many hosts or ports is a scan; one of each is a client that nobody let in.
-- not: A rejected packet did no harm. It can also be a late packet of a connection that was closed.
-- mitre: T1595.001
-- fields: srcaddr dstaddr dstport action start
-- context: network_interfaces? subnets?
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  srcaddr AS source,
  count(*) AS rejected,
  count(DISTINCT dstaddr) AS hosts,
  count(DISTINCT dstport) AS ports,
  approx_percentile(dstport, 0.5) AS middle_port,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen,
  owner_of(srcaddr) AS owner
FROM vpc_flow_logs
WHERE start >= :from AND start < :to AND action = 'REJECT'
GROUP BY srcaddr
ORDER BY rejected DESC, source
LIMIT :limit
