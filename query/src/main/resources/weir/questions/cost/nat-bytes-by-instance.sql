-- title: Bytes through NAT gateways by instance
-- theme: cost
-- question: Which hosts send and receive how much through a NAT gateway, and what does that cost?
-- means: Each row is a host behind a zonal NAT gateway, with each byte counted once: uploads where
--   they come in at the gateway, downloads where they leave it for the host. cost is for both at
--   price.
-- not: A gateway's hours and what leaves a region are billed beside that. Traffic of regional NAT
--   gateways is in regional-nat-bytes.
-- fields: interface_id srcaddr dstaddr pkt_srcaddr pkt_dstaddr instance_id vpc_id bytes start
--   flow_direction interface_type?
-- else: top-talkers
-- param: price double = 0.045 | dollars for a gigabyte (10^9 bytes) through the gateway
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
WITH legs AS (
  SELECT interface_id AS gateway, srcaddr AS host, bytes AS uploaded, 0 AS downloaded, packets
  FROM vpc_flow_logs
  WHERE start >= :from AND start < :to
    AND flow_direction = 'ingress' AND dstaddr <> pkt_dstaddr AND bytes > 0
    -- Pods and second addresses are rewritten as well, but those are private.
    AND (NOT is_private(pkt_dstaddr) OR interface_type = 'nat_gateway')
  UNION ALL
  SELECT interface_id, dstaddr, 0, bytes, packets
  FROM vpc_flow_logs
  WHERE start >= :from AND start < :to
    AND flow_direction = 'egress' AND srcaddr <> pkt_srcaddr AND bytes > 0
    AND (NOT is_private(pkt_srcaddr) OR interface_type = 'nat_gateway')
),
instances AS (
  SELECT DISTINCT srcaddr AS address, instance_id AS instance
  FROM vpc_flow_logs
  WHERE flow_direction = 'egress' AND instance_id <> '-'
    AND srcaddr IN (SELECT host FROM legs)
)
SELECT
  l.host,
  array_join(array_agg(DISTINCT i.instance) FILTER (WHERE i.instance IS NOT NULL), ' ') AS instance,
  l.gateway,
  l.uploaded,
  l.downloaded,
  round((l.uploaded + l.downloaded) / 1e9 * :price, 4) AS cost
FROM (
  SELECT host, gateway, sum(uploaded) AS uploaded, sum(downloaded) AS downloaded
  FROM legs GROUP BY host, gateway
) l
LEFT JOIN instances i ON i.address = l.host
GROUP BY l.host, l.gateway, l.uploaded, l.downloaded
ORDER BY l.uploaded + l.downloaded DESC, l.host, l.gateway
LIMIT :limit
