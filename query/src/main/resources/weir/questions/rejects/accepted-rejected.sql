-- title: Accepted and rejected over time
-- theme: rejects
-- question: How many records were accepted and rejected in each span of time?
-- means: Each row is a span of time with records and bytes of both kinds. A jump in rejected is a
--   scan, a broken rule or a service that moved.
-- not: Records are no connections: a long one has a record in every window. Records without traffic
--   (NODATA, SKIPDATA) are in neither.
-- fields: action start bytes?
-- param: bucket bigint = 3600 | seconds of a span
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 1000 | rows shown
SELECT
  from_unixtime(start - start % :bucket) AS time,
  count_if(action = 'ACCEPT') AS accepted,
  count_if(action = 'REJECT') AS rejected,
  round(1e2 * count_if(action = 'REJECT') / count(*), 1) AS rejected_percent,
  sum(bytes) FILTER (WHERE action = 'ACCEPT') AS accepted_bytes
FROM vpc_flow_logs
WHERE start >= :from AND start < :to AND action IN ('ACCEPT', 'REJECT')
GROUP BY start - start % :bucket
ORDER BY time
LIMIT :limit
