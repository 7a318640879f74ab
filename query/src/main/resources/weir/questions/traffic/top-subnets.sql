-- title: Subnets with most bytes
-- theme: traffic
-- question: Which subnets send and receive the most bytes?
-- means: Each row is a subnet; sent and received are what its interfaces sent and received.
-- not: What stays inside of the subnet is sent by one of its interfaces and received by another: it
--   is in both columns, so do not add them up.
-- fields: subnet_id bytes start flow_direction interface_id?
-- context: network_interfaces? subnets?
-- else: top-interfaces
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  subnet_id AS subnet,
  sum(bytes) FILTER (WHERE flow_direction = 'egress') AS sent,
  sum(bytes) FILTER (WHERE flow_direction = 'ingress') AS received,
  count(DISTINCT interface_id) AS interfaces,
  name_of(subnet_id) AS name
FROM vpc_flow_logs
WHERE start >= :from AND start < :to AND bytes > 0 AND subnet_id <> '-'
GROUP BY subnet_id
ORDER BY greatest(coalesce(sum(bytes) FILTER (WHERE flow_direction = 'egress'), 0),
  coalesce(sum(bytes) FILTER (WHERE flow_direction = 'ingress'), 0)) DESC, subnet
LIMIT :limit
