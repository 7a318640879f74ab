-- title: Large uploads
-- theme: exfiltration
-- question: Which hosts sent very much to one address outside within a day?
-- means: Each row is a day on which a host sent at least so much to one public address. Ask who
--   owns the destination, and whether the host has a reason to send there.
-- not: Backups, log shipping and replies of a busy web server are large as well: ratio tells
--   answers (below 1) from pushing (far above). Many small uploads to many addresses stay below the
--   size.
-- mitre: T1048 T1567
-- fields: srcaddr dstaddr bytes start flow_direction? pkt_dst_aws_service?
-- param: megabytes bigint = 500 | at least so many megabytes a day
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
WITH sent AS (
  SELECT
    srcaddr, dstaddr, start - start % 86400 AS day, sum(bytes) AS bytes,
    max(pkt_dst_aws_service) AS service, min(start) AS first_seen, max("end") AS last_seen
  FROM vpc_flow_logs
  WHERE start >= :from AND start < :to AND bytes > 0 AND flow_direction <> 'ingress'
    AND is_private(srcaddr) AND NOT is_private(dstaddr)
  GROUP BY srcaddr, dstaddr, start - start % 86400
  HAVING sum(bytes) >= :megabytes * 1000000
),
received AS (
  SELECT dstaddr AS host, srcaddr AS peer, start - start % 86400 AS day, sum(bytes) AS bytes
  FROM vpc_flow_logs
  WHERE start >= :from AND start < :to AND flow_direction <> 'egress'
    AND srcaddr IN (SELECT dstaddr FROM sent) AND dstaddr IN (SELECT srcaddr FROM sent)
  GROUP BY dstaddr, srcaddr, start - start % 86400
)
SELECT
  s.srcaddr AS source,
  s.dstaddr AS destination,
  CAST(from_unixtime(s.day) AS DATE) AS day,
  s.bytes,
  round(1e0 * s.bytes / nullif(r.bytes, 0), 1) AS ratio,
  s.service AS aws_service,
  from_unixtime(s.first_seen) AS first_seen,
  from_unixtime(s.last_seen) AS last_seen
FROM sent s
LEFT JOIN received r ON r.host = s.srcaddr AND r.peer = s.dstaddr AND r.day = s.day
ORDER BY s.bytes DESC, source, destination, day
LIMIT :limit
