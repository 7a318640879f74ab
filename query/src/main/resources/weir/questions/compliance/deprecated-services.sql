-- title: Deprecated protocols and ports
-- theme: compliance
-- question: Which hosts still accept protocols that are deprecated or send passwords in the clear?
-- means: Each row is a host that was sent accepted traffic at a port of Telnet, FTP, TFTP, rlogin,
--   POP3, IMAP, LDAP, NetBIOS, SMB, SNMP, VNC, X11 and the like, or by GRE (PPTP).
-- not: The port does not prove the protocol, and accepted does not prove that something listened:
--   answered counts the records that came back. Where both ports are the same (NetBIOS), nothing
--   tells who asked: both sides are rows.
-- mitre: T1021 T1040
-- fields: srcaddr dstaddr srcport dstport protocol bytes action start interface_id? pkt_srcaddr?
--   pkt_dstaddr?
-- context: network_interfaces? subnets?
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 50 | rows shown
WITH deprecated (protocol, port, name) AS (
  VALUES (6, 20, 'FTP data'), (6, 21, 'FTP'), (6, 23, 'Telnet'), (17, 69, 'TFTP'),
    (6, 79, 'Finger'), (6, 109, 'POP2'), (6, 110, 'POP3'), (6, 137, 'NetBIOS'),
    (17, 137, 'NetBIOS'), (17, 138, 'NetBIOS'), (6, 139, 'NetBIOS'), (6, 143, 'IMAP'),
    (17, 161, 'SNMP'), (17, 162, 'SNMP'), (6, 389, 'LDAP'), (17, 389, 'LDAP'), (6, 445, 'SMB'),
    (6, 512, 'rexec'), (6, 513, 'rlogin'), (6, 514, 'rsh, syslog'), (6, 873, 'rsync'),
    (6, 1723, 'PPTP'), (47, 0, 'GRE'), (6, 5900, 'VNC'), (6, 6000, 'X11')
),
talks AS (
  SELECT destination AS host, dstport AS port, protocol, source AS client, TRUE AS asked, bytes,
    start
  FROM flows
  WHERE start >= :from AND start < :to AND action = 'ACCEPT' AND dstport <= srcport
    -- Whether it was let in is said by the host's own interface; where that is not logged, by any.
    AND coalesce(address_number(destination) = interface_number(interface_id), counted)
  UNION ALL
  SELECT source, srcport, protocol, destination, FALSE, bytes, start
  FROM flows
  -- Protocols without ports have no answers.
  WHERE start >= :from AND start < :to AND action = 'ACCEPT' AND srcport <= dstport AND srcport > 0
    AND counted
)
SELECT
  t.host,
  d.name,
  protocol_name(t.protocol) AS protocol,
  t.port,
  count(DISTINCT t.client) AS clients,
  count_if(t.asked) AS records,
  count_if(NOT t.asked) AS answered,
  sum(t.bytes) AS bytes,
  from_unixtime(min(t.start)) AS first_seen,
  from_unixtime(max(t.start)) AS last_seen,
  owner_of(t.host) AS host_owner
FROM talks t
JOIN deprecated d ON d.protocol = t.protocol AND d.port = t.port
GROUP BY t.host, d.name, t.protocol, t.port
HAVING count_if(t.asked) > 0
ORDER BY bytes DESC, host, port, protocol
LIMIT :limit
