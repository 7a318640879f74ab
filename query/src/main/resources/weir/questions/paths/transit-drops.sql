-- title: Packets dropped by transit gateways
-- theme: paths
-- question: Which traffic did a transit gateway drop, and why: no route, blackhole, too large, too
--   many hops?
-- means: Each row is a source and destination with lost packets by reason. no_route: the route
--   table of the attachment lacks it; blackhole: the route leads nowhere; mtu: packets over 8500
--   bytes; ttl: a loop.
-- not: What security groups and network ACLs stop is not lost at the gateway: see denied-by.
-- table: tgw_flow_logs
-- fields: tgw_id tgw_attachment_id srcaddr dstaddr packets start packets_lost_no_route
--   packets_lost_blackhole packets_lost_mtu_exceeded packets_lost_ttl_expired
-- context: network_interfaces? subnets?
-- else: no-reply
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  tgw_id AS gateway,
  tgw_attachment_id AS attachment,
  srcaddr AS source,
  dstaddr AS destination,
  sum(packets_lost_no_route) AS no_route,
  sum(packets_lost_blackhole) AS blackhole,
  sum(packets_lost_mtu_exceeded) AS mtu,
  sum(packets_lost_ttl_expired) AS ttl,
  sum(packets) AS packets,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen,
  owner_of(srcaddr) AS source_owner,
  owner_of(dstaddr) AS destination_owner
FROM tgw_flow_logs
WHERE start >= :from AND start < :to
  AND (packets_lost_no_route > 0 OR packets_lost_blackhole > 0
    OR packets_lost_mtu_exceeded > 0 OR packets_lost_ttl_expired > 0)
GROUP BY tgw_id, tgw_attachment_id, srcaddr, dstaddr
ORDER BY sum(coalesce(packets_lost_no_route, 0) + coalesce(packets_lost_blackhole, 0)
  + coalesce(packets_lost_mtu_exceeded, 0) + coalesce(packets_lost_ttl_expired, 0)) DESC,
  source, destination, attachment
LIMIT :limit
