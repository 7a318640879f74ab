-- title: Tunnels through DNS
-- theme: names
-- question: Which hosts send far more in name queries than names need?
-- means: Each row is a host that sent so many packets to one name server within an hour, with
--   queries that are large on average. Usual queries have 60 to 80 bytes with headers.
-- not: Forwarders of your own ask a lot as well, with small queries. What goes to Amazon's resolver
--   is not logged at all: tunnels through it are in Route 53's query logs.
-- mitre: T1071.004 T1048.003
-- fields: srcaddr dstaddr dstport protocol packets bytes start interface_id?
-- context: network_interfaces? subnets?
-- param: packets bigint = 200 | at least so many packets an hour
-- param: size bigint = 120 | of at least so many bytes on average
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  srcaddr AS source,
  dstaddr AS server,
  from_unixtime(start - start % 3600) AS hour,
  sum(packets) AS packets,
  sum(bytes) AS bytes,
  sum(bytes) / sum(packets) AS mean_size,
  owner_of(srcaddr) AS source_owner,
  owner_of(dstaddr) AS server_owner
FROM flows
WHERE start >= :from AND start < :to
  AND dstport = 53
  AND protocol IN (6, 17)
  AND packets > 0
  -- Each byte once, though both interfaces and NAT gateways saw it.
  AND counted
GROUP BY srcaddr, dstaddr, start - start % 3600
HAVING sum(packets) >= :packets AND sum(bytes) >= :size * sum(packets)
ORDER BY bytes DESC, source, server, hour
LIMIT :limit
