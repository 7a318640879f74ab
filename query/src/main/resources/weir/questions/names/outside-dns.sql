-- title: Names asked outside
-- theme: names
-- question: Which hosts ask name servers on the internet, past your own resolver?
-- means: Each row is a host and an address outside that it sent to at a port of DNS (53, or 853 for
--   DNS over TLS). Hosts in a VPC need none: the resolver of the VPC is not logged.
-- not: Resolvers of your own do ask outside: except takes their network out. DNS over HTTPS looks
--   like HTTPS and is not found so.
-- mitre: T1071.004
-- fields: srcaddr dstaddr dstport protocol packets bytes action start interface_id?
-- context: network_interfaces? subnets?
-- param: ports bigints = 53, 853, 5353 | ports of DNS
-- param: except cidr = 255.255.255.255/32 | sources that may: your resolvers' network
-- param: approved cidr = 255.255.255.255/32 | destinations that are allowed
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  srcaddr AS source,
  dstaddr AS server,
  dstport AS port,
  protocol_name(protocol) AS protocol,
  sum(packets) AS packets,
  sum(bytes) AS bytes,
  count_if(action = 'REJECT') AS rejected,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen,
  owner_of(srcaddr) AS source_owner,
  owner_of(dstaddr) AS server_owner
FROM flows
WHERE start >= :from AND start < :to
  AND dstport IN (:ports)
  AND protocol IN (6, 17)
  AND is_own(srcaddr) AND NOT is_own(dstaddr)
  -- Each byte once, though both interfaces and NAT gateways saw it.
  AND counted
  AND NOT contains(:except, CAST(srcaddr AS IPADDRESS))
  AND NOT contains(:approved, CAST(dstaddr AS IPADDRESS))
GROUP BY srcaddr, dstaddr, dstport, protocol
ORDER BY packets DESC, source, server, port
LIMIT :limit
