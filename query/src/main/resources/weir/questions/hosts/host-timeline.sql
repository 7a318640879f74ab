-- title: Timeline of a host
-- theme: hosts
-- question: What did this address send, receive and have rejected in each span of time?
-- means: Each row is a span with both directions. A new peer count, traffic at an odd hour or a
--   jump of sent is where to look closer: who-talked-to with from and to.
-- not: Spans without a row had no record of this address, which is not proof of silence: see
--   coverage-gaps.
-- fields: srcaddr dstaddr bytes action start interface_id? pkt_srcaddr? pkt_dstaddr?
-- context: network_interfaces? subnets?
-- param: address ipaddress | the host
-- param: bucket bigint = 3600 | seconds of a span
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 1000 | rows shown
SELECT
  from_unixtime(start - start % :bucket) AS time,
  sum(bytes) FILTER (WHERE counted AND outward) AS sent,
  sum(bytes) FILTER (WHERE counted AND NOT outward) AS received,
  count(DISTINCT peer) AS peers,
  count_if(action = 'ACCEPT') AS accepted,
  count_if(action = 'REJECT') AS rejected,
  max_by(peer, coalesce(bytes, 0)) AS largest_with
FROM (
  SELECT destination AS peer, TRUE AS outward, bytes, action, start, counted
  FROM flows
  WHERE start >= :from AND start < :to AND source = :address
  UNION ALL
  SELECT source, FALSE, bytes, action, start, counted
  FROM flows
  WHERE start >= :from AND start < :to AND destination = :address
)
-- Each byte once; and what the other interface rejected, though the sender's own let it out.
WHERE counted OR action = 'REJECT'
GROUP BY start - start % :bucket
ORDER BY time
LIMIT :limit
