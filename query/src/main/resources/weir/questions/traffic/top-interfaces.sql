-- title: Interfaces with most bytes
-- theme: traffic
-- question: Which network interfaces carry the most bytes, out and in?
-- means: Each row is an interface with all that it saw. sent and received are empty where logs have
--   no flow_direction; bytes is there always.
-- not: Do not add the rows up: traffic between two interfaces of the list is in both.
-- fields: interface_id bytes packets start flow_direction?
-- context: network_interfaces? subnets?
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  interface_id AS interface,
  sum(bytes) AS bytes,
  sum(bytes) FILTER (WHERE flow_direction = 'egress') AS sent,
  sum(bytes) FILTER (WHERE flow_direction = 'ingress') AS received,
  sum(packets) AS packets,
  name_of(interface_id) AS name
FROM vpc_flow_logs
WHERE start >= :from AND start < :to AND bytes > 0 AND interface_id <> '-'
GROUP BY interface_id
ORDER BY bytes DESC, interface
LIMIT :limit
