-- title: A login behind many failures
-- theme: logins
-- question: Which sources that failed at a login port many times had a real session there
--   afterwards?
-- means: Each row is a session of many packets, or of long, at a login port, of a source with so
--   many short or rejected tries at the same host before. Treat the host as taken until shown
--   otherwise.
-- not: Flow logs see no passwords: a long session is not proof of a login, and a user who forgot a
--   password makes the same picture with few tries.
-- mitre: T1110 T1078
-- fields: srcaddr dstaddr srcport dstport protocol packets bytes action start end interface_id?
-- context: network_interfaces? subnets?
-- else: brute-force
-- param: ports bigints = 22,3389 | ports with a login
-- param: tries bigint = 20 | at least so many short or rejected tries before
-- param: packets bigint = 50 | a try has at most so many packets, a session more
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
WITH tries AS (
  SELECT srcaddr, dstaddr, srcport, dstport, start, "end", packets, bytes, action,
    -- A source uses its ports again: what starts ten minutes later is another connection.
    session_number(start, "end", 600) OVER (
      PARTITION BY srcaddr, dstaddr, srcport, dstport ORDER BY start) AS turn
  FROM flows
  WHERE start >= :from AND start < :to AND protocol = 6 AND dstport IN (:ports)
    AND counted
),
connections AS (
  -- A long connection has a record in every window: put them together.
  SELECT
    srcaddr, dstaddr, srcport, dstport,
    min(start) AS first_seen, max("end") AS last_seen,
    max(packets) AS packets, sum(bytes) AS bytes, bool_or(action = 'ACCEPT') AS accepted
  FROM tries
  GROUP BY srcaddr, dstaddr, srcport, dstport, turn
),
judged AS (
  SELECT
    *,
    count_if(NOT accepted OR packets <= :packets)
      OVER (PARTITION BY srcaddr, dstaddr, dstport ORDER BY first_seen
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS failures
  FROM connections
)
SELECT
  srcaddr AS source,
  dstaddr AS host,
  dstport AS port,
  failures AS failures_before,
  from_unixtime(first_seen) AS session_start,
  from_unixtime(last_seen) AS session_end,
  bytes AS bytes_in,
  owner_of(srcaddr) AS source_owner,
  owner_of(dstaddr) AS host_owner
FROM judged
WHERE accepted AND packets > :packets AND failures >= :tries
ORDER BY failures DESC, source, host, session_start
LIMIT :limit
