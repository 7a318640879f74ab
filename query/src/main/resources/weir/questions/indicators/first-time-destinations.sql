-- title: Destinations seen for the first time
-- theme: indicators
-- question: Which addresses outside did hosts of ours talk to for the first time since then?
-- means: Each row is a host that was there before and an address outside that nothing of its was
--   let through to before "since". new_to_all is true where no other host had either.
-- not: The logs have to go back some days before "since", or everything is new. Most new addresses
--   are content networks.
-- mitre: T1071
-- fields: srcaddr dstaddr srcport dstport bytes action start interface_id?
-- context: network_interfaces? subnets?
-- param: since timestamp = -24h | first seen at or after this time is new
-- param: limit bigint = 50 | rows shown
SELECT
  n.srcaddr AS source,
  n.dstaddr AS destination,
  n.dstaddr NOT IN (
    SELECT dstaddr FROM vpc_flow_logs WHERE start < :since AND action = 'ACCEPT') AS new_to_all,
  min(n.dstport) AS port,
  sum(n.bytes) AS bytes,
  from_unixtime(min(n.start)) AS first_seen,
  from_unixtime(max(n.start)) AS last_seen,
  owner_of(n.srcaddr) AS source_owner,
  owner_of(n.dstaddr) AS destination_owner
FROM flows n
WHERE n.start >= :since
  AND n.action = 'ACCEPT'
  AND is_own(n.srcaddr) AND NOT is_own(n.dstaddr)
  -- Answers to clients from outside are no destinations that a host chose.
  AND NOT (n.srcport < 1024 AND n.dstport >= 1024)
  -- Each byte once, though both interfaces and NAT gateways saw it.
  AND n.counted
  AND n.srcaddr IN (SELECT srcaddr FROM vpc_flow_logs WHERE start < :since)
  AND NOT EXISTS (
    SELECT 1 FROM vpc_flow_logs b
    WHERE b.start < :since AND b.action = 'ACCEPT'
      AND b.srcaddr = n.srcaddr AND b.dstaddr = n.dstaddr)
GROUP BY n.srcaddr, n.dstaddr
ORDER BY new_to_all DESC, bytes DESC, source, destination
LIMIT :limit
