-- title: Sweeps over hosts
-- theme: scanning
-- question: Which sources tried one port at many different hosts in a short time?
-- means: Each row is a source that tried one port at so many addresses within one span: it looks
--   for hosts with that service. A source inside of your networks may be a worm, or an inventory of
--   your own.
--   An address failed where anything was rejected or nothing came back. rejected and accepted are
--   records: for a source inside, accepted is also what its own interface let out to addresses that
--   rejected it, or that nobody has.
-- not: Monitoring, load balancers and name servers talk to many hosts as well; those are accepted
--   and answered, tries of a sweep mostly are not. What is not answered by its nature (syslog and
--   StatsD over UDP), sent to many hosts, looks like a sweep. Spans begin at full hours: what goes
--   on over that may be cut in two.
-- mitre: T1046 T1018
-- fields: srcaddr dstaddr srcport dstport protocol packets action start tcp_flags?
-- context: network_interfaces? subnets?
-- else: rejected-ports
-- param: hosts bigint = 5 | at least so many different hosts
-- param: window bigint = 3600 | within so many seconds
-- param: packets bigint = 10 | a try has at most so many packets
-- param: failed_percent bigint = 50 | at least so many of a hundred hosts failed
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
WITH tries AS (
  SELECT
    srcaddr AS source, protocol, dstport AS port, start / :window AS span, dstaddr AS host,
    count_if(action = 'REJECT') AS rejected, count_if(action = 'ACCEPT') AS accepted,
    min(start) AS first_seen, max(start) AS last_seen
  FROM vpc_flow_logs
  WHERE start >= :from AND start < :to
    AND protocol IN (6, 17)
    AND packets <= :packets
    -- Replies go to the ports that clients chose: they are tries of nobody.
    AND dstport < 32768
    AND NOT (srcport < 1024 AND dstport >= 1024)
    AND (tcp_flags IS NULL OR bitwise_and(tcp_flags, 16) = 0)
  GROUP BY 1, 2, 3, 4, 5
),
-- Only sources of many hosts are worth looking for answers.
wide AS (
  SELECT source, protocol, port
  FROM tries
  GROUP BY source, protocol, port, span
  HAVING count(*) >= :hosts
),
answers AS (
  SELECT DISTINCT a.dstaddr AS source, a.protocol, a.srcport AS port, a.srcaddr AS host
  FROM vpc_flow_logs a
  JOIN (SELECT DISTINCT source, protocol, port FROM wide) w
    ON w.source = a.dstaddr AND w.protocol = a.protocol AND w.port = a.srcport
  WHERE a.start >= :from AND a.start < :to AND a.action = 'ACCEPT'
    -- RST alone refuses.
    AND (a.tcp_flags IS NULL OR a.tcp_flags <> 4)
)
SELECT
  t.source,
  protocol_name(t.protocol) AS protocol,
  t.port,
  service_name(t.port, t.protocol) AS service,
  count(*) AS hosts,
  count_if(t.rejected > 0 OR a.host IS NULL) AS failed,
  sum(t.rejected) AS rejected,
  sum(t.accepted) AS accepted,
  from_unixtime(min(t.first_seen)) AS first_seen,
  from_unixtime(max(t.last_seen)) AS last_seen,
  owner_of(t.source) AS source_owner
FROM tries t
LEFT JOIN answers a
  ON a.source = t.source AND a.protocol = t.protocol AND a.port = t.port AND a.host = t.host
GROUP BY t.source, t.protocol, t.port, t.span
HAVING count(*) >= :hosts
  AND count_if(t.rejected > 0 OR a.host IS NULL) * 100 >= count(*) * :failed_percent
ORDER BY hosts DESC, source, port, first_seen
LIMIT :limit
