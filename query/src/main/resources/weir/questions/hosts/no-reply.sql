-- title: Accepted and not answered
-- theme: hosts
-- question: Which traffic was let through and never answered?
-- means: Each row is a client, a server and a port of it where one interface saw accepted packets
--   in one direction only: the host is down, does not listen, has a firewall of its own, or its
--   answer takes another way. denied-by tells when a network ACL stopped the answer.
-- not: Some protocols are not answered at all (syslog, StatsD). Which side is the client is taken
--   from the lower port.
-- fields: interface_id srcaddr dstaddr srcport dstport protocol packets action start
-- context: network_interfaces? subnets?
-- param: packets bigint = 3 | at least so many packets without an answer
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  -- Where both ports are the same, as of ping, who sent is the client.
  CASE WHEN bool_or(alike) AND NOT bool_or(asked) THEN server ELSE client END AS client,
  CASE WHEN bool_or(alike) AND NOT bool_or(asked) THEN client ELSE server END AS server,
  protocol_name(protocol) AS protocol,
  port,
  interface,
  sum(packets) AS packets,
  count(*) AS records,
  CASE
    WHEN bool_or(alike) THEN 'one direction'
    WHEN bool_or(asked) THEN 'requests'
    ELSE 'answers'
  END AS seen,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen,
  owner_of(CASE WHEN bool_or(alike) AND NOT bool_or(asked) THEN client ELSE server END)
    AS server_owner
FROM (
  SELECT
    interface_id AS interface, protocol, packets, start,
    srcport = dstport AS alike,
    dstport < srcport OR (dstport = srcport AND srcaddr < dstaddr) AS asked,
    least(srcport, dstport) AS port,
    CASE WHEN dstport < srcport OR (dstport = srcport AND srcaddr < dstaddr)
      THEN srcaddr ELSE dstaddr END AS client,
    CASE WHEN dstport < srcport OR (dstport = srcport AND srcaddr < dstaddr)
      THEN dstaddr ELSE srcaddr END AS server
  FROM vpc_flow_logs
  WHERE start >= :from AND start < :to AND action = 'ACCEPT' AND protocol IN (1, 6, 17, 58)
)
GROUP BY interface, client, server, protocol, port
HAVING bool_and(asked) = bool_or(asked) AND sum(packets) >= :packets
ORDER BY packets DESC, client, server, port, interface
LIMIT :limit
