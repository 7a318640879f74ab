-- title: Port scans
-- theme: scanning
-- question: Which sources tried many different ports of one host in a short time?
-- means: Each row is a source that tried at least so many ports of one host within one span. A
--   source outside of your networks looks for an open door; one inside may be a compromised host,
--   or a scanner of your own. accepted counts records that were let through: such hosts are worth a
--   look. Of a source inside it is also what its own interface let out.
-- not: A refused packet is no scan, and a scan is no break-in. One that takes its time, or goes on
--   over the end of a span (they begin at full hours), may stay below the count: ask with a longer
--   window. Ports from 32768 on, and tries from a port below 1024, look like answers and are left
--   out.
-- mitre: T1046
-- fields: srcaddr dstaddr srcport dstport protocol packets action start tcp_flags?
-- context: network_interfaces? subnets?
-- else: rejected-ports
-- param: ports bigint = 20 | at least so many different ports
-- param: window bigint = 3600 | within so many seconds
-- param: packets bigint = 10 | a try has at most so many packets
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  srcaddr AS source,
  dstaddr AS host,
  count(DISTINCT dstport) AS ports,
  count_if(action = 'REJECT') AS rejected,
  count_if(action = 'ACCEPT') AS accepted,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen,
  owner_of(dstaddr) AS host_owner
FROM vpc_flow_logs
WHERE start >= :from AND start < :to
  AND protocol IN (6, 17)
  AND packets <= :packets
  -- Replies go to the ports that clients chose: they are tries of nobody.
  AND dstport < 32768
  AND NOT (srcport < 1024 AND dstport >= 1024)
  AND (tcp_flags IS NULL OR bitwise_and(tcp_flags, 16) = 0)
GROUP BY srcaddr, dstaddr, start - start % :window
HAVING count(DISTINCT dstport) >= :ports
ORDER BY ports DESC, source, host, first_seen
LIMIT :limit
