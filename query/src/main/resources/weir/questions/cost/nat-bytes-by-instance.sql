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
-- context: network_interfaces? subnets?
-- else: top-talkers
-- param: price double = 0.045 | dollars for a gigabyte (10^9 bytes) through the gateway
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
WITH legs AS (
  SELECT
    CASE WHEN flow_direction = 'ingress' THEN srcaddr ELSE dstaddr END AS host,
    interface_id AS gateway,
    sum(CASE WHEN flow_direction = 'ingress' THEN bytes ELSE 0 END) AS uploaded,
    sum(CASE WHEN flow_direction = 'egress' THEN bytes ELSE 0 END) AS downloaded
  FROM vpc_flow_logs
  WHERE start >= :from AND start < :to AND bytes > 0
    -- Nodes of pods and appliances that forward rewrite addresses as well.
    AND is_nat_interface(interface_id)
    AND ((flow_direction = 'ingress' AND dstaddr <> pkt_dstaddr)
      OR (flow_direction = 'egress' AND srcaddr <> pkt_srcaddr))
  GROUP BY 1, 2
),
instances AS (
  SELECT srcaddr AS address, max(instance_id) AS instance, min(instance_id) AS other
  FROM vpc_flow_logs
  WHERE flow_direction = 'egress' AND instance_id <> '-'
  GROUP BY srcaddr
)
SELECT
  l.host,
  -- Networks that use the same addresses leave it open whose this is.
  CASE WHEN i.instance = i.other THEN i.instance END AS instance,
  l.gateway,
  l.uploaded,
  l.downloaded,
  CAST((l.uploaded + l.downloaded) / 1e9 * :price AS DECIMAL(18, 4)) AS cost,
  owner_of(l.host) AS owner
FROM legs l
LEFT JOIN instances i ON i.address = l.host
ORDER BY l.uploaded + l.downloaded DESC, l.host, l.gateway
LIMIT :limit
