-- title: Where ECS services send
-- theme: containers
-- question: To which addresses and ports does each ECS service send?
-- means: Each row is a service and a destination with port, from the tasks' own records.
-- not: What goes to the same port or a higher one is taken for answers to clients and left out.
-- fields: ecs_service_name srcaddr dstaddr srcport dstport protocol packets bytes action start
--   flow_direction
-- context: network_interfaces? subnets?
-- else: top-pairs
-- param: service varchar = % | name of the service; % stands for any text
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  ecs_service_name AS service,
  dstaddr AS destination,
  dstport AS port,
  service_name(dstport, protocol) AS port_name,
  sum(bytes) AS bytes,
  count_if(action = 'REJECT') AS rejected,
  count(DISTINCT srcaddr) AS tasks,
  owner_of(dstaddr) AS destination_owner
FROM vpc_flow_logs
WHERE start >= :from AND start < :to
  AND ecs_service_name <> '-' AND ecs_service_name LIKE :service
  AND flow_direction = 'egress'
  AND packets > 0
  AND dstport < srcport
GROUP BY ecs_service_name, dstaddr, dstport, protocol
ORDER BY bytes DESC, service, destination, port
LIMIT :limit
