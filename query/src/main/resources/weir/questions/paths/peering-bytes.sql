-- title: Bytes over VPC peering
-- theme: paths
-- question: How many bytes leave over peering within the region and to other regions, and for
--   where?
-- means: Each row is a VPC and an address on the other side, with how it was reached: traffic_path
--   4 is peering in the region, 5 to another region.
-- not: The other side's records show the same bytes coming in; they are not added. Paths are known
--   of what leaves only: what comes in is what the other VPC sends.
-- fields: traffic_path vpc_id srcaddr dstaddr bytes start
-- context: network_interfaces? subnets?
-- else: top-pairs
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  vpc_id AS vpc,
  CASE traffic_path WHEN 4 THEN 'within the region' ELSE 'between regions' END AS peering,
  dstaddr AS destination,
  count(DISTINCT srcaddr) AS hosts,
  sum(bytes) AS bytes,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen,
  owner_of(dstaddr) AS destination_owner
FROM vpc_flow_logs
WHERE start >= :from AND start < :to AND traffic_path IN (4, 5) AND bytes > 0
GROUP BY vpc_id, traffic_path, dstaddr
ORDER BY bytes DESC, vpc, destination
LIMIT :limit
