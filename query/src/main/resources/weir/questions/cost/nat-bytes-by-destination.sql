-- title: Bytes through NAT gateways by destination
-- theme: cost
-- question: With which addresses outside do hosts exchange how much through a NAT gateway?
-- means: Each row is an address outside, with each byte counted once. Addresses of AWS's services
--   could be reached by an endpoint instead.
-- not: Traffic of regional NAT gateways is in regional-nat-bytes.
-- fields: interface_id srcaddr dstaddr pkt_srcaddr pkt_dstaddr bytes start flow_direction
--   pkt_src_aws_service? pkt_dst_aws_service? instance_id? interface_type?
-- context: network_interfaces? subnets?
-- else: top-pairs
-- param: price double = 0.045 | dollars for a gigabyte (10^9 bytes) through the gateway
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  destination,
  max(service) AS aws_service,
  count(DISTINCT host) AS hosts,
  sum(uploaded) AS uploaded,
  sum(downloaded) AS downloaded,
  CAST(sum(uploaded + downloaded) / 1e9 * :price AS DECIMAL(18, 4)) AS cost,
  owner_of(destination) AS owner
FROM (
  SELECT
    CASE WHEN flow_direction = 'ingress' THEN pkt_dstaddr ELSE pkt_srcaddr END AS destination,
    CASE WHEN flow_direction = 'ingress' THEN pkt_dst_aws_service ELSE pkt_src_aws_service END
      AS service,
    CASE WHEN flow_direction = 'ingress' THEN srcaddr ELSE dstaddr END AS host,
    CASE WHEN flow_direction = 'ingress' THEN bytes ELSE 0 END AS uploaded,
    CASE WHEN flow_direction = 'egress' THEN bytes ELSE 0 END AS downloaded
  FROM vpc_flow_logs
  WHERE start >= :from AND start < :to AND bytes > 0
    -- Nodes of pods and appliances that forward rewrite addresses as well.
    AND is_nat_interface(interface_id)
    AND ((flow_direction = 'ingress' AND dstaddr <> pkt_dstaddr)
      OR (flow_direction = 'egress' AND srcaddr <> pkt_srcaddr))
)
GROUP BY destination
ORDER BY sum(uploaded + downloaded) DESC, destination
LIMIT :limit
