-- title: Administration open to the internet
-- theme: logins
-- question: Which hosts let connections from the internet in to ports of administration or
--   databases?
-- means: Each row is a host and port that accepted traffic of addresses outside: SSH, RDP, WinRM,
--   VNC, databases, Docker, Kubernetes. It is open to the world, or to a list that is worth
--   checking.
-- not: Accepted means let through by rules, not that something answered: answered counts the hosts'
--   own records back.
-- mitre: T1133 T1021
-- fields: srcaddr dstaddr srcport dstport protocol action start
-- context: network_interfaces? subnets?
-- param: ports bigints = 22, 23, 2375, 3389, 5900, 5985, 6443, 10250, 1433, 1521, 3306, 5432, 6379,
--   9200, 27017 | ports of administration and databases
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
WITH own AS (
  SELECT srcaddr, srcport, dstaddr, dstport, start
  FROM vpc_flow_logs
  WHERE start >= :from AND start < :to AND protocol = 6 AND action = 'ACCEPT'
)
SELECT
  host,
  port,
  service_name(port, 6) AS service,
  sum(records) AS records,
  sum(answered) AS answered,
  count(*) AS sources,
  from_unixtime(min(first_seen)) AS first_seen,
  from_unixtime(max(last_seen)) AS last_seen,
  owner_of(host) AS host_owner
FROM (
  SELECT
    host, port, client,
    count_if(asked) AS records, count_if(NOT asked) AS answered,
    min(start) AS first_seen, max(start) AS last_seen
  FROM (
    SELECT TRUE AS asked, dstaddr AS host, dstport AS port, srcaddr AS client, start,
      -- Within one second the lower port is the one that was asked.
      CASE WHEN srcport < dstport THEN start + 1 ELSE start END AS asked_at
    FROM own
    WHERE dstport IN (:ports)
      AND is_own(dstaddr) AND NOT is_own(srcaddr)
    UNION ALL
    SELECT FALSE, srcaddr, srcport, dstaddr, start, NULL
    FROM own
    WHERE srcport IN (:ports)
      AND is_own(srcaddr) AND NOT is_own(dstaddr)
  )
  GROUP BY host, port, client
  -- A host of ours that chose such a port for a connection outwards asked this address first.
  HAVING min(asked_at) <= coalesce(min(start) FILTER (WHERE NOT asked), min(asked_at))
)
GROUP BY host, port
ORDER BY sources DESC, records DESC, host, port
LIMIT :limit
