-- title: Bytes over VPN and Direct Connect
-- theme: paths
-- question: How many bytes leave over a virtual private gateway (VPN, Direct Connect), and for
--   where?
-- means: Each row is a VPC and a network of 256 addresses behind the gateway.
-- not: Over a transit gateway the path is 1 at the host: see transit-bytes. What comes in has no
--   path.
-- fields: traffic_path vpc_id srcaddr dstaddr packets bytes start
-- else: top-pairs
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  vpc_id AS vpc,
  CAST(ip_prefix(CAST(dstaddr AS IPADDRESS), CASE ip_version(dstaddr) WHEN 4 THEN 24 ELSE 64 END)
    AS VARCHAR) AS network,
  count(DISTINCT srcaddr) AS hosts,
  count(DISTINCT dstaddr) AS destinations,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen
FROM vpc_flow_logs
WHERE start >= :from AND start < :to AND traffic_path = 3 AND bytes > 0
GROUP BY 1, 2
ORDER BY bytes DESC, vpc, network
LIMIT :limit
