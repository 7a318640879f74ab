-- title: Addresses of a list
-- theme: indicators
-- question: Who talked to an address or network of a list of indicators, and was it let through?
-- means: Each row is a host of ours and an address of the list, with both directions together.
--   accepted above 0 and received above 0 is a conversation; look at the host's other traffic from
--   first_seen on.
-- not: Rejected records of a listed source are the usual noise of the internet. Lists age: an
--   address may belong to somebody else by now.
-- mitre: T1071
-- fields: srcaddr dstaddr bytes action start flow_direction?
-- context: network_interfaces? subnets?
-- param: list varchar | addresses and networks with commas between them:
--   203.0.113.66,198.51.100.0/24
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 50 | rows shown
WITH indicators AS (
  SELECT DISTINCT trim(entry) AS indicator
  FROM UNNEST(split(:list, ',')) AS t (entry)
  WHERE trim(entry) <> ''
),
addresses AS (
  SELECT DISTINCT a.address, i.indicator
  FROM (
    SELECT DISTINCT srcaddr AS address FROM vpc_flow_logs WHERE start >= :from AND start < :to
    UNION
    SELECT DISTINCT dstaddr FROM vpc_flow_logs WHERE start >= :from AND start < :to
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
  own AS host,
  sum(bytes) FILTER (WHERE outward) AS sent,
  sum(bytes) FILTER (WHERE NOT outward) AS received,
  count_if(action = 'ACCEPT') AS accepted,
  count_if(action = 'REJECT') AS rejected,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen,
  owner_of(own) AS host_owner
FROM (
  SELECT a.indicator, f.dstaddr AS listed, f.srcaddr AS own, TRUE AS outward, f.bytes, f.action,
    f.start
  FROM vpc_flow_logs f JOIN addresses a ON f.dstaddr = a.address
  WHERE f.start >= :from AND f.start < :to AND f.flow_direction <> 'ingress'
  UNION ALL
  SELECT a.indicator, f.srcaddr, f.dstaddr, FALSE, f.bytes, f.action, f.start
  FROM vpc_flow_logs f JOIN addresses a ON f.srcaddr = a.address
  WHERE f.start >= :from AND f.start < :to AND f.flow_direction <> 'egress'
)
GROUP BY indicator, listed, own
ORDER BY accepted DESC, rejected DESC, address, host
LIMIT :limit
