-- title: Instances with most bytes
-- theme: traffic
-- question: Which EC2 instances send and receive the most bytes?
-- means: Each row is an instance, with all of its interfaces.
-- not: NAT gateways, load balancers, endpoints and other interfaces that AWS runs have no instance:
--   see top-interfaces. Do not add the rows up: what two instances of the list say to each other is
--   in both.
-- fields: instance_id bytes start flow_direction interface_id?
-- context: network_interfaces? subnets?
-- else: top-interfaces
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  instance_id AS instance,
  sum(bytes) AS bytes,
  sum(bytes) FILTER (WHERE flow_direction = 'egress') AS sent,
  sum(bytes) FILTER (WHERE flow_direction = 'ingress') AS received,
  count(DISTINCT interface_id) AS interfaces,
  name_of(instance_id) AS name
FROM vpc_flow_logs
WHERE start >= :from AND start < :to AND bytes > 0 AND instance_id <> '-'
GROUP BY instance_id
ORDER BY bytes DESC, instance
LIMIT :limit
