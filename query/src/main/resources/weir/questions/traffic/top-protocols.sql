-- title: Protocols
-- theme: traffic
-- question: Which protocols carry how much?
-- means: Each row is a protocol of IANA's list, with IPv4 and IPv6 apart where logs tell them
--   apart.
-- not: Logs without flow_direction (the default format) have traffic between two logged interfaces
--   twice, and so does this answer then.
-- fields: protocol bytes packets start type? flow_direction? srcaddr?
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  protocol,
  protocol_name(protocol) AS name,
  type,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  count(*) AS records,
  count_if(action = 'REJECT') AS rejected
FROM vpc_flow_logs
WHERE start >= :from AND start < :to
  AND packets > 0
  -- Each byte once: what leaves, and of what comes in only what no interface of ours sent.
  AND (flow_direction <> 'ingress' OR NOT is_private(srcaddr))
  -- A NAT gateway repeats what the hosts behind it say themselves.
  AND resource_id NOT LIKE 'nat-%'
  AND interface_id NOT IN (
    SELECT interface_id FROM vpc_flow_logs
    WHERE flow_direction = 'ingress' AND dstaddr <> pkt_dstaddr AND NOT is_private(pkt_dstaddr))
GROUP BY protocol, type
ORDER BY bytes DESC, protocol, type
LIMIT :limit
