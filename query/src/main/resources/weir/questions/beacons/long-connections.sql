-- title: Connections that last
-- theme: beacons
-- question: Which connections to the outside lasted for hours?
-- means: Each row is one connection (both addresses and both ports the same) whose records go over
--   at least so many minutes. Tunnels, remote shells and reverse proxies last; browsing does not.
-- not: VPNs, message queues and database replicas last as well. Ports that were used again by a
--   later connection look like one: active shows in how many minutes there was traffic.
-- mitre: T1572 T1219
-- fields: srcaddr dstaddr srcport dstport protocol bytes action start end interface_id?
-- context: network_interfaces? subnets?
-- param: minutes bigint = 60 | at least so many minutes
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  srcaddr AS source,
  dstaddr AS destination,
  protocol_name(protocol) AS protocol,
  srcport AS source_port,
  dstport AS destination_port,
  (max("end") - min(start)) / 60 AS minutes,
  count(DISTINCT start / 60) AS active,
  sum(bytes) AS bytes,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max("end")) AS last_seen,
  owner_of(srcaddr) AS source_owner,
  owner_of(dstaddr) AS destination_owner
FROM flows
WHERE start >= :from AND start < :to
  AND action = 'ACCEPT'
  AND protocol IN (6, 17)
  AND is_own(srcaddr) AND NOT is_own(dstaddr)
  -- Answers to clients from outside are no connections that a host made.
  AND NOT (srcport < 1024 AND dstport >= 1024)
  -- Each byte once, though both interfaces and NAT gateways saw it.
  AND counted
GROUP BY srcaddr, dstaddr, protocol, srcport, dstport
HAVING max("end") - min(start) >= :minutes * 60 AND count(*) * 1800 >= max("end") - min(start)
ORDER BY minutes DESC, source, destination, source_port
LIMIT :limit
