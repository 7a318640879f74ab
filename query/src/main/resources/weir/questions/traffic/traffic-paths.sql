-- title: Ways that traffic leaves by
-- theme: traffic
-- question: How many bytes leave by which path: internet gateway, peering, VPN, endpoint, inside?
-- means: Each row is a value of traffic_path, which AWS gives for what leaves an interface.
-- not: Path 1 (inside of the VPC) is also the way to a NAT gateway, a transit gateway or an
--   interface endpoint; what goes on from there is in the records of that interface.
-- fields: traffic_path bytes packets start interface_id?
-- else: top-interfaces
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
SELECT
  traffic_path AS path,
  traffic_path_name(traffic_path) AS name,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  count(DISTINCT interface_id) AS interfaces
FROM vpc_flow_logs
WHERE start >= :from AND start < :to AND traffic_path > 0
GROUP BY traffic_path
ORDER BY bytes DESC, path
