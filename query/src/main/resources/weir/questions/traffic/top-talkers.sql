-- title: Addresses that send and receive most
-- theme: traffic
-- question: Which addresses send and receive the most bytes?
-- means: Each row is an address with the bytes it sent and received. What NAT gateways say is left
--   out where logs show them (pkt_dstaddr): the hosts behind them say it too.
-- not: Bytes are those of packets with their headers, as interfaces saw them, not what was paid
--   for. Logs without flow_direction (the default format) have traffic between two logged
--   interfaces twice, and so does this answer then.
-- fields: srcaddr dstaddr bytes packets start flow_direction? interface_id? pkt_dstaddr?
-- context: network_interfaces? subnets?
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
WITH once AS (
  -- Traffic between two logged interfaces is in the logs four times: take what leaves, and of what
  -- comes in only what no interface of ours sent.
  SELECT srcaddr, dstaddr, bytes
  FROM vpc_flow_logs
  WHERE start >= :from AND start < :to
    AND bytes > 0
    AND (flow_direction <> 'ingress' OR NOT is_private(srcaddr))
    -- A NAT gateway repeats what the hosts behind it say themselves.
    AND resource_id NOT LIKE 'nat-%'
    AND interface_id NOT IN (
      SELECT interface_id FROM vpc_flow_logs
      WHERE flow_direction = 'ingress' AND dstaddr <> pkt_dstaddr AND NOT is_private(pkt_dstaddr))
)
SELECT
  address,
  sum(sent) AS sent,
  sum(received) AS received,
  sum(sent + received) AS bytes,
  owner_of(address) AS owner
FROM (
  SELECT srcaddr AS address, sum(bytes) AS sent, 0 AS received FROM once GROUP BY srcaddr
  UNION ALL
  SELECT dstaddr, 0, sum(bytes) FROM once GROUP BY dstaddr
)
GROUP BY address
ORDER BY bytes DESC, address
LIMIT :limit
