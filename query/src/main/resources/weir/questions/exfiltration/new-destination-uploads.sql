-- title: Uploads to destinations never seen before
-- theme: exfiltration
-- question: Which hosts that have been there for long sent much to an address outside that nobody
--   here talked to before?
-- means: Each row is an upload after "since" to an address outside that is in no earlier record of
--   accepted traffic.
-- not: The logs have to go back some days before "since", or everything is new. Clouds and content
--   networks change addresses all the time: look at the owner of the address.
-- mitre: T1048 T1567
-- fields: srcaddr dstaddr bytes action start interface_id?
-- context: network_interfaces? subnets?
-- param: since timestamp = -24h | destinations first seen at or after this time are new
-- param: megabytes bigint = 10 | at least so many megabytes
-- param: limit bigint = 20 | rows shown
SELECT
  srcaddr AS source,
  dstaddr AS destination,
  sum(bytes) AS bytes,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen,
  owner_of(srcaddr) AS source_owner,
  owner_of(dstaddr) AS destination_owner
FROM flows
WHERE start >= :since
  AND action = 'ACCEPT'
  AND is_own(srcaddr) AND NOT is_own(dstaddr)
  -- Each byte once, though both interfaces and NAT gateways saw it.
  AND counted
  AND srcaddr IN (SELECT srcaddr FROM vpc_flow_logs WHERE start < :since)
  -- What was rejected before was no talk.
  AND dstaddr NOT IN (
    SELECT dstaddr FROM vpc_flow_logs WHERE start < :since AND action = 'ACCEPT')
  AND dstaddr NOT IN (
    SELECT srcaddr FROM vpc_flow_logs WHERE start < :since AND action = 'ACCEPT')
GROUP BY srcaddr, dstaddr
HAVING sum(bytes) >= :megabytes * 1000000
ORDER BY bytes DESC, source, destination
LIMIT :limit
