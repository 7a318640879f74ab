-- title: Sweeps over hosts
-- theme: scanning
-- question: Which sources tried one port at many different hosts in a short time?
-- means: Each row is a source that tried one port at so many addresses within one span: it looks
--   for hosts with that service. A source inside of your networks may be a worm, or an inventory of
--   your own.
-- not: Monitoring, load balancers and name servers talk to many hosts as well; those are accepted
--   and answered, tries of a sweep mostly are not.
-- mitre: T1046 T1018
-- fields: srcaddr dstaddr srcport dstport protocol packets action start tcp_flags?
-- else: rejected-ports
-- param: hosts bigint = 5 | at least so many different hosts
-- param: window bigint = 3600 | within so many seconds
-- param: packets bigint = 10 | a try has at most so many packets
-- param: rejected_percent bigint = 50 | at least so many of a hundred tries rejected
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  srcaddr AS source,
  protocol_name(protocol) AS protocol,
  dstport AS port,
  service_name(dstport, protocol) AS service,
  count(DISTINCT dstaddr) AS hosts,
  count_if(action = 'REJECT') AS rejected,
  count_if(action = 'ACCEPT') AS accepted,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen
FROM vpc_flow_logs
WHERE start >= :from AND start < :to
  AND protocol IN (6, 17)
  AND packets <= :packets
  -- Replies go to the ports that clients chose: they are tries of nobody.
  AND dstport < 32768
  AND NOT (srcport < 1024 AND dstport >= 1024)
  AND (tcp_flags IS NULL OR bitwise_and(tcp_flags, 16) = 0)
GROUP BY srcaddr, protocol, dstport, start - start % :window
HAVING count(DISTINCT dstaddr) >= :hosts
  AND count_if(action = 'REJECT') * 100 >= count(*) * :rejected_percent
ORDER BY hosts DESC, source, port, first_seen
LIMIT :limit
