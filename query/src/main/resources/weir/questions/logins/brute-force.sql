-- title: Guessing of passwords
-- theme: logins
-- question: Which sources opened very many short connections to a login port?
-- means: Each row is a source that came back to a login port (SSH, RDP) of one host so often within
--   one span. rejected counts records that a rule stopped, accepted those that got through to the
--   login; of a source inside, accepted is also what its own interface let out.
-- not: That a try reached the login does not mean that it got in: see success-after-failures.
--   Scripts and monitoring of your own log in often as well. Spans begin at full windows: what goes
--   on over that may be cut in two, so ask with a longer one when in doubt.
-- mitre: T1110
-- fields: srcaddr dstaddr srcport dstport protocol packets action start
-- context: network_interfaces? subnets?
-- param: ports bigints = 22,3389 | ports with a login
-- param: tries bigint = 50 | at least so many
-- param: window bigint = 3600 | within so many seconds
-- param: packets bigint = 50 | a try has at most so many packets
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  srcaddr AS source,
  dstaddr AS host,
  dstport AS port,
  count(DISTINCT srcport) AS tries,
  count_if(action = 'REJECT') AS rejected,
  count_if(action = 'ACCEPT') AS accepted,
  round(6e1 * count(DISTINCT srcport) / greatest(max(start) - min(start), 60), 1) AS per_minute,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen,
  owner_of(dstaddr) AS host_owner
FROM vpc_flow_logs
WHERE start >= :from AND start < :to
  AND protocol = 6
  AND dstport IN (:ports)
  AND packets <= :packets
GROUP BY srcaddr, dstaddr, dstport, start - start % :window
HAVING count(DISTINCT srcport) >= :tries
ORDER BY tries DESC, source, host, port, first_seen
LIMIT :limit
