-- title: Time asked outside
-- theme: names
-- question: Which hosts get their time from the internet?
-- means: Each row is a host that sent to port 123 of an address outside. Amazon's time service
--   (169.254.169.123) is not logged and needs no way out.
-- not: One query now and then is a default configuration, no danger; many bytes at port 123 are no
--   NTP.
-- fields: srcaddr dstaddr dstport protocol packets bytes start interface_id?
-- context: network_interfaces? subnets?
-- param: approved cidr = 255.255.255.255/32 | destinations that are allowed
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  srcaddr AS source,
  dstaddr AS server,
  sum(packets) AS packets,
  sum(bytes) AS bytes,
  sum(bytes) / sum(packets) AS mean_size,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen,
  owner_of(srcaddr) AS source_owner,
  owner_of(dstaddr) AS server_owner
FROM flows
WHERE start >= :from AND start < :to
  AND dstport = 123
  AND protocol = 17
  AND packets > 0
  AND is_own(srcaddr) AND NOT is_own(dstaddr)
  AND NOT contains(:approved, CAST(dstaddr AS IPADDRESS))
  -- Each byte once, though both interfaces and NAT gateways saw it.
  AND counted
GROUP BY srcaddr, dstaddr
ORDER BY packets DESC, source, server
LIMIT :limit
