-- title: Addresses of a list
-- theme: indicators
-- question: Who talked to an address or network of a list of indicators, and was it let through?
-- means: Each row is a host and an address of the list, with both directions together.
--   accepted above 0 and received above 0 is a conversation; look at the host's other traffic from
--   first_seen on.
-- not: Rejected records of a listed source are the usual noise of the internet. Lists age: an
--   address may belong to somebody else by now.
-- mitre: T1071
-- fields: srcaddr dstaddr bytes action start interface_id? pkt_srcaddr? pkt_dstaddr?
-- context: network_interfaces? subnets?
-- param: list cidrs | addresses and networks with commas between them, or @FILE with one a line
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 50 | rows shown
WITH indicators AS (
  SELECT DISTINCT entry AS indicator
  FROM UNNEST(split(:list, ',')) AS t (entry)
),
addresses AS (
  SELECT DISTINCT a.address, i.indicator
  FROM (
    SELECT DISTINCT source AS address FROM flows WHERE start >= :from AND start < :to
    UNION
    SELECT DISTINCT destination FROM flows WHERE start >= :from AND start < :to
  ) a
  JOIN indicators i ON contains(
    CASE WHEN strpos(i.indicator, '/') > 0 THEN i.indicator
      WHEN strpos(i.indicator, ':') > 0 THEN i.indicator || '/128'
      ELSE i.indicator || '/32' END,
    CAST(a.address AS IPADDRESS))
)
SELECT
  indicator,
  listed AS address,
  host,
  sum(bytes) FILTER (WHERE counted AND outward) AS sent,
  sum(bytes) FILTER (WHERE counted AND NOT outward) AS received,
  count_if(action = 'ACCEPT') AS accepted,
  count_if(action = 'REJECT') AS rejected,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen,
  owner_of(host) AS host_owner
FROM (
  SELECT a.indicator, f.destination AS listed, f.source AS host, TRUE AS outward, f.bytes,
    f.action, f.start, f.counted
  FROM flows f JOIN addresses a ON f.destination = a.address
  WHERE f.start >= :from AND f.start < :to
  UNION ALL
  SELECT a.indicator, f.source, f.destination, FALSE, f.bytes, f.action, f.start, f.counted
  FROM flows f JOIN addresses a ON f.source = a.address
  WHERE f.start >= :from AND f.start < :to
)
-- Each byte once; and what the other interface rejected, though the sender's own let it out.
WHERE counted OR action = 'REJECT'
GROUP BY indicator, listed, host
ORDER BY accepted DESC, rejected DESC, address, host
LIMIT :limit
