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
SELECT
  host AS source,
  peer AS destination,
  CAST(from_unixtime(day) AS DATE) AS day,
  sum(sent) AS bytes,
  round(1e0 * sum(sent) / nullif(sum(received), 0), 1) AS ratio,
  max(service) AS aws_service,
  from_unixtime(min(start) FILTER (WHERE sent > 0)) AS first_seen,
  from_unixtime(max("end") FILTER (WHERE sent > 0)) AS last_seen
FROM (
  SELECT
    CASE WHEN is_private(srcaddr) THEN srcaddr ELSE dstaddr END AS host,
    CASE WHEN is_private(srcaddr) THEN dstaddr ELSE srcaddr END AS peer,
    CASE WHEN is_private(srcaddr) THEN bytes ELSE 0 END AS sent,
    CASE WHEN is_private(srcaddr) THEN 0 ELSE bytes END AS received,
    CASE WHEN is_private(srcaddr) THEN pkt_dst_aws_service ELSE pkt_src_aws_service END AS service,
    start - start % 86400 AS day,
    start,
    "end"
  FROM vpc_flow_logs
  WHERE start >= :from AND start < :to AND bytes > 0 AND is_private(srcaddr) <> is_private(dstaddr)
    -- What the host's own interface says: it sends with egress and receives with ingress.
    AND flow_direction <> CASE WHEN is_private(srcaddr) THEN 'ingress' ELSE 'egress' END
    -- A NAT gateway repeats what the hosts behind it say themselves.
    AND resource_id NOT LIKE 'nat-%'
    AND interface_id NOT IN (
      SELECT interface_id FROM vpc_flow_logs
      WHERE flow_direction = 'ingress' AND dstaddr <> pkt_dstaddr AND NOT is_private(pkt_dstaddr))
)
GROUP BY host, peer, day
HAVING sum(sent) >= :megabytes * 1000000
ORDER BY bytes DESC, source, destination, day
LIMIT :limit
