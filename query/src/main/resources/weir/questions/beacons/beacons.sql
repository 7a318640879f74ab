-- title: Beacons
-- theme: beacons
-- question: Which hosts call the same address outside again and again at even times?
-- means: Each row is a host that opened so many connections to one address and port with gaps that
--   hardly vary (jitter: standard deviation by mean). Malware calls home like that.
-- not: So do agents, health checks, NTP and updaters: known destinations go first. Long connections
--   have a record in every window and are not counted as calls.
-- mitre: T1071 T1571
-- fields: srcaddr dstaddr srcport dstport protocol start tcp_flags? interface_id? pkt_dstaddr?
-- context: network_interfaces? subnets?
-- param: calls bigint = 20 | at least so many calls
-- param: jitter double = 0.1 | at most so much of the mean gap
-- param: gap bigint = 30 | mean gap of at least so many seconds
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
WITH outward AS (
  SELECT srcaddr, dstaddr, dstport, protocol, srcport, start, tcp_flags, bytes
  FROM flows
  WHERE start >= :from AND start < :to
    AND protocol IN (6, 17) AND action = 'ACCEPT'
    AND is_private(srcaddr) AND NOT is_private(dstaddr)
    AND (dstport < srcport OR dstport < 1024)
    -- Each byte once, though both interfaces and NAT gateways saw it.
    AND counted
),
-- Only destinations with enough calls are worth sorting.
busy AS (
  SELECT srcaddr, dstaddr, dstport, protocol
  FROM outward
  GROUP BY srcaddr, dstaddr, dstport, protocol
  HAVING count(*) >= :calls AND count(DISTINCT start) >= :calls
),
gaps AS (
  SELECT
    o.*,
    lag(o.start) OVER w AS before,
    lag(o.srcport) OVER w AS port_before
  FROM outward o
  JOIN busy b ON b.srcaddr = o.srcaddr AND b.dstaddr = o.dstaddr
    AND b.dstport = o.dstport AND b.protocol = o.protocol
  WINDOW w AS (PARTITION BY o.srcaddr, o.dstaddr, o.dstport, o.protocol
    ORDER BY o.start, o.srcport)
)
SELECT
  srcaddr AS source,
  dstaddr AS destination,
  protocol_name(protocol) AS protocol,
  dstport AS port,
  count(*) AS calls,
  round(avg(start - before), 1) AS mean_gap,
  round(stddev_pop(start - before) / nullif(avg(start - before), 0), 3) AS jitter,
  sum(bytes) AS bytes,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen,
  owner_of(srcaddr) AS source_owner,
  owner_of(dstaddr) AS destination_owner
FROM gaps
-- A new call has a SYN or another source port; what has neither goes on with the one before.
WHERE port_before IS NULL OR srcport <> port_before OR bitwise_and(tcp_flags, 2) = 2
GROUP BY srcaddr, dstaddr, protocol, dstport
HAVING count(*) >= :calls
  AND avg(start - before) >= :gap
  AND stddev_pop(start - before) <= :jitter * avg(start - before)
ORDER BY jitter, calls DESC, source, destination, port
LIMIT :limit
