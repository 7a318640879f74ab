-- title: Uploads at odd hours
-- theme: exfiltration
-- question: Which hosts send most of what they send to the outside at night?
-- means: Each row is a host that sent at least so much to addresses outside between these hours
--   (UTC), and at least so large a share of all it sent outside.
-- not: Jobs of the night (backups, reports) look the same every night: nights counts in how many.
-- mitre: T1048 T1029
-- fields: srcaddr dstaddr bytes start interface_id? action?
-- context: network_interfaces? subnets?
-- param: night_from bigint = 22 | hour of UTC at which the night begins
-- param: night_to bigint = 6 | hour of UTC at which it is over
-- param: megabytes bigint = 10 | at least so many megabytes at night
-- param: share double = 0.8 | at least this share of all
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  host,
  sum(bytes) FILTER (WHERE night) AS night_bytes,
  round(1e0 * sum(bytes) FILTER (WHERE night) / sum(bytes), 2) AS share,
  count(DISTINCT CASE WHEN night THEN day END) AS nights,
  max_by(dstaddr, CASE WHEN night THEN bytes ELSE 0 END) AS largest_to,
  owner_of(host) AS host_owner
FROM (
  SELECT
    srcaddr AS host,
    dstaddr,
    -- A night is of the day on which it began.
    (start - :night_to * 3600) / 86400 AS day,
    CASE
      WHEN :night_from > :night_to
        THEN start % 86400 >= :night_from * 3600 OR start % 86400 < :night_to * 3600
      ELSE start % 86400 >= :night_from * 3600 AND start % 86400 < :night_to * 3600
    END AS night,
    sum(bytes) AS bytes
  FROM flows
  WHERE start >= :from AND start < :to AND bytes > 0 AND action <> 'REJECT'
    AND is_own(srcaddr) AND NOT is_own(dstaddr)
    -- Each byte once, though both interfaces and NAT gateways saw it.
    AND counted
  GROUP BY 1, 2, 3, 4
)
GROUP BY host
HAVING sum(bytes) FILTER (WHERE night) >= :megabytes * 1000000
  AND sum(bytes) FILTER (WHERE night) >= :share * sum(bytes)
ORDER BY night_bytes DESC, host
LIMIT :limit
