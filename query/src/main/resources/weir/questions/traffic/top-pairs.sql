-- title: Pairs of addresses with most bytes
-- theme: traffic
-- question: Which source sends the most bytes to which destination?
-- means: Each row is one direction of a pair, with bytes, packets and when it was first and last
--   seen.
-- not: The two directions of a conversation are two rows. Logs without flow_direction (the default
--   format) have traffic between two logged interfaces twice, and so does this answer then.
-- fields: srcaddr dstaddr bytes packets start flow_direction? interface_id? pkt_dstaddr?
-- context: network_interfaces? subnets?
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  srcaddr AS source,
  dstaddr AS destination,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen,
  owner_of(srcaddr) AS source_owner,
  owner_of(dstaddr) AS destination_owner
FROM vpc_flow_logs
WHERE start >= :from AND start < :to
  AND bytes > 0
  -- Each byte once: what leaves, and of what comes in only what no interface of ours sent.
  AND (flow_direction <> 'ingress' OR NOT is_private(srcaddr))
  -- A NAT gateway repeats what the hosts behind it say themselves.
  AND resource_id NOT LIKE 'nat-%'
  AND interface_id NOT IN (
    SELECT interface_id FROM vpc_flow_logs
    WHERE flow_direction = 'ingress' AND dstaddr <> pkt_dstaddr AND NOT is_private(pkt_dstaddr))
GROUP BY srcaddr, dstaddr
ORDER BY bytes DESC, source, destination
LIMIT :limit
