-- title: A third VPC through a peer
-- theme: paths
-- question: Does a host try to reach, over peering, a VPC that its own VPC has no peering with?
-- means: Each row is what leaves over peering (path 4 or 5) for an address of a VPC that the
--   source's VPC is not peered with. Peering does not hand on: AWS drops it, and a route table of
--   yours is wrong, or somebody tries to hop through the peer.
-- not: VPCs whose ranges overlap cannot be told apart by address: see overlapping-networks.
-- mitre: T1599
-- fields: traffic_path vpc_id srcaddr dstaddr dstport packets bytes start
-- context: vpcs vpc_peerings network_interfaces? subnets?
-- else: peering-bytes
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 50 | rows shown
WITH sent AS (
  SELECT vpc_id, srcaddr, dstaddr, traffic_path, count(*) AS records, sum(packets) AS packets,
    min(dstport) AS port, min(start) AS first_seen, max(start) AS last_seen
  FROM vpc_flow_logs
  WHERE start >= :from AND start < :to AND traffic_path IN (4, 5)
  GROUP BY vpc_id, srcaddr, dstaddr, traffic_path
),
peered AS (
  SELECT requester_vpc_id AS vpc, accepter_vpc_id AS peer FROM vpc_peerings
  WHERE status = 'active'
  UNION
  SELECT accepter_vpc_id, requester_vpc_id FROM vpc_peerings WHERE status = 'active'
)
SELECT
  s.vpc_id AS vpc,
  s.srcaddr AS source,
  s.dstaddr AS destination,
  v.vpc_id AS third_vpc,
  s.port,
  s.records,
  s.packets,
  from_unixtime(s.first_seen) AS first_seen,
  from_unixtime(s.last_seen) AS last_seen,
  owner_of(s.srcaddr) AS source_owner,
  owner_of(s.dstaddr) AS destination_owner
FROM sent s
JOIN vpcs v ON contains(v.cidr, CAST(s.dstaddr AS IPADDRESS))
LEFT JOIN peered p ON p.vpc = s.vpc_id AND p.peer = v.vpc_id
WHERE p.peer IS NULL AND v.vpc_id <> s.vpc_id
ORDER BY s.packets DESC, source, destination
LIMIT :limit
