-- title: Bytes over transit gateways
-- theme: paths
-- question: Which VPCs exchange how much over a transit gateway, across which zones?
-- means: Each row is a direction between two VPCs (or attachments), with bytes where they come in
--   at the gateway, so that each counts once.
-- not: A VPC of another account may be "-". What the gateway dropped is in transit-drops.
-- table: tgw_flow_logs
-- fields: tgw_id tgw_src_vpc_id tgw_dst_vpc_id tgw_attachment_id bytes packets start
--   flow_direction? tgw_src_az_id? tgw_dst_az_id?
-- else: top-vpcs
-- param: price double = 0.02 | dollars for a gigabyte (10^9 bytes) through the gateway
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  tgw_id AS gateway,
  tgw_src_vpc_id AS from_vpc,
  tgw_dst_vpc_id AS to_vpc,
  tgw_src_az_id AS from_zone,
  tgw_dst_az_id AS to_zone,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  count(DISTINCT srcaddr) AS hosts,
  CAST(sum(bytes) / 1e9 * :price AS DECIMAL(18, 4)) AS cost
FROM tgw_flow_logs
WHERE start >= :from AND start < :to
  AND bytes > 0
  -- The attachment that traffic leaves by has a record of the same bytes.
  AND flow_direction <> 'egress'
GROUP BY tgw_id, tgw_src_vpc_id, tgw_dst_vpc_id, tgw_src_az_id, tgw_dst_az_id
ORDER BY bytes DESC, gateway, from_vpc, to_vpc, from_zone, to_zone
LIMIT :limit
