-- title: Hosts that send far more than they get
-- theme: exfiltration
-- question: Which hosts push far more to an address outside than comes back from it?
-- means: Each row is a host and an address outside with at least so much sent, and sent at least so
--   many times what was received. A client that downloads has a ratio far below 1.
-- not: Servers send more than they get by their nature: served_port shows a port below 1024 where
--   the host is asked and answers.
-- mitre: T1048 T1041
-- fields: srcaddr dstaddr srcport dstport bytes action start interface_id?
-- context: network_interfaces? subnets?
-- param: megabytes bigint = 10 | at least so many megabytes sent
-- param: ratio double = 10 | at least so many times what was received
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  host,
  peer,
  sum(sent) AS sent,
  sum(received) AS received,
  round(1e0 * sum(sent) / nullif(sum(received), 0), 1) AS ratio,
  min(port) AS served_port,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen,
  owner_of(host) AS host_owner,
  owner_of(peer) AS peer_owner
FROM (
  SELECT
    CASE WHEN is_own(srcaddr) THEN srcaddr ELSE dstaddr END AS host,
    CASE WHEN is_own(srcaddr) THEN dstaddr ELSE srcaddr END AS peer,
    CASE WHEN is_own(srcaddr) THEN bytes ELSE 0 END AS sent,
    CASE WHEN is_own(srcaddr) THEN 0 ELSE bytes END AS received,
    CASE WHEN is_own(srcaddr) AND srcport < 1024 AND dstport >= 1024 THEN srcport END AS port,
    start
  FROM flows
  WHERE start >= :from AND start < :to AND bytes > 0 AND action = 'ACCEPT'
    AND is_own(srcaddr) <> is_own(dstaddr)
    -- Each byte once, though both interfaces and NAT gateways saw it.
    AND counted
)
GROUP BY host, peer
HAVING sum(sent) >= :megabytes * 1000000 AND sum(sent) >= :ratio * sum(received)
ORDER BY sent DESC, host, peer
LIMIT :limit
