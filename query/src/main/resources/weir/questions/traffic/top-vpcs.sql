-- title: VPCs with most bytes
-- theme: traffic
-- question: Which VPCs send and receive the most bytes?
-- means: Each row is a VPC; sent and received are what its interfaces sent and received.
-- not: What stays inside of the VPC is in both columns, so do not add them up.
-- fields: vpc_id bytes start flow_direction interface_id?
-- context: network_interfaces? subnets?
-- else: top-interfaces
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  vpc_id AS vpc,
  sum(bytes) FILTER (WHERE flow_direction = 'egress') AS sent,
  sum(bytes) FILTER (WHERE flow_direction = 'ingress') AS received,
  count(DISTINCT interface_id) AS interfaces,
  name_of(vpc_id) AS name
FROM vpc_flow_logs
WHERE start >= :from AND start < :to AND bytes > 0 AND vpc_id <> '-'
GROUP BY vpc_id
ORDER BY greatest(coalesce(sum(bytes) FILTER (WHERE flow_direction = 'egress'), 0),
  coalesce(sum(bytes) FILTER (WHERE flow_direction = 'ingress'), 0)) DESC, vpc
LIMIT :limit
