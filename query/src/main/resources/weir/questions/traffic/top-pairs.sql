-- title: Pairs of addresses with most bytes
-- theme: traffic
-- question: Which source sends the most bytes to which destination?
-- means: Each row is one direction of a pair, with bytes, packets and when it was first and last
--   seen.
-- not: The two directions of a conversation are two rows.
-- fields: srcaddr dstaddr bytes packets start interface_id? pkt_srcaddr? pkt_dstaddr?
-- context: network_interfaces? subnets?
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  source,
  destination,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen,
  owner_of(source) AS source_owner,
  owner_of(destination) AS destination_owner
FROM flows
WHERE start >= :from AND start < :to
  AND bytes > 0
  -- Each byte once, though both interfaces and NAT gateways saw it.
  AND counted
GROUP BY source, destination
ORDER BY bytes DESC, source, destination
LIMIT :limit
