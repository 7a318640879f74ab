-- title: Beacons
-- theme: beacons
-- question: Which hosts call the same address outside again and again at even times?
-- means: Each row is a host that opened so many connections to one address and port with gaps that
--   hardly vary (jitter: standard deviation by mean). Malware calls home like that.
-- not: So do agents, health checks, NTP and updaters: known destinations go first. Connections that
--   last have a record in every window: only the first is a call.
-- mitre: T1071 T1571
-- fields: srcaddr dstaddr srcport dstport protocol bytes action start end tcp_flags? interface_id?
-- context: network_interfaces? subnets?
-- param: calls bigint = 20 | at least so many calls
-- param: jitter double = 0.1 | at most so much of the mean gap
-- param: gap bigint = 30 | mean gap of at least so many seconds
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
WITH outward AS (
  SELECT srcaddr, dstaddr, dstport, protocol, srcport, start, "end", tcp_flags, bytes
  FROM flows
  WHERE start >= :from AND start < :to
    AND protocol IN (6, 17) AND action = 'ACCEPT'
    AND is_own(srcaddr) AND NOT is_own(dstaddr)
    AND (dstport < srcport OR dstport < 1024)
    -- Each byte once, though both interfaces and NAT gateways saw it.
    AND counted
),
-- Only destinations with enough calls are worth sorting.
busy AS (
  SELECT srcaddr, dstaddr, dstport, protocol, sum(bytes) AS bytes
  FROM outward
  GROUP BY srcaddr, dstaddr, dstport, protocol
  HAVING count(*) >= :calls AND count(DISTINCT start) >= :calls
),
connections AS (
  SELECT
    o.srcaddr, o.dstaddr, o.dstport, o.protocol, o.srcport, o.start, o.tcp_flags, b.bytes,
    lag(o."end") OVER (
      PARTITION BY o.srcaddr, o.dstaddr, o.dstport, o.protocol, o.srcport ORDER BY o.start
    ) AS ended
  FROM outward o
  JOIN busy b ON b.srcaddr = o.srcaddr AND b.dstaddr = o.dstaddr
    AND b.dstport = o.dstport AND b.protocol = o.protocol
),
-- A call has a SYN, or comes from a port of the source that sent nothing for ten minutes.
gaps AS (
  SELECT
    srcaddr, dstaddr, dstport, protocol, bytes, start,
    lag(start) OVER (
      PARTITION BY srcaddr, dstaddr, dstport, protocol ORDER BY start, srcport) AS before
  FROM connections
  WHERE ended IS NULL OR start > ended + 600 OR bitwise_and(tcp_flags, 2) = 2
)
SELECT
  srcaddr AS source,
  dstaddr AS destination,
  protocol_name(protocol) AS protocol,
  dstport AS port,
  count(*) AS calls,
  round(avg(start - before), 1) AS mean_gap,
  round(stddev_pop(start - before) / nullif(avg(start - before), 0), 3) AS jitter,
  max(bytes) AS bytes,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen,
  owner_of(srcaddr) AS source_owner,
  owner_of(dstaddr) AS destination_owner
FROM gaps
GROUP BY srcaddr, dstaddr, protocol, dstport
HAVING count(*) >= :calls
  AND avg(start - before) >= :gap
  AND stddev_pop(start - before) <= :jitter * avg(start - before)
ORDER BY jitter, calls DESC, source, destination, port
LIMIT :limit
